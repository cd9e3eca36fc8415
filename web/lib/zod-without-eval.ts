/**
 * Imported first, by main.ts alone. zod decides when a schema is made whether it may compile it, and finds out by
 * probing `new Function`, which the content security policy reports as a violation. Contracts make their schemas while
 * they load, so this must have run before any of them.
 */
import { z } from 'zod';

z.config({ jitless: true });
