import { steps, type Step } from './days.ts';

/** How far apart the days looked back on are, in the address: `?buoc=thang`. */
export const STEP_KEY = 'buoc';
export const parseStep = (text: string | null): Step => steps.find((step) => step === text) ?? 'thang';
