/** Sends one file to a route that keeps it; gives the SHA-256 it is named by from now on. */
import { ask } from './client.ts';

export async function keepFile(path: string, file: File): Promise<string> {
  const headers = { 'content-type': file.type || 'application/octet-stream' };
  return (await ask<{ sha256: string }>(fetch(path, { method: 'POST', headers, body: file }))).sha256;
}
