import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withBackup } from './backup-archive.ts';

/**
 * The newest file of a folder that is a backup of this kind, by the time its own manifest states; `null` = there is
 * none. Its outline is read, not every byte: whoever puts it back reads those.
 */
export async function newestBackup(folder: string, demo: boolean): Promise<string | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
  const found: { path: string; createdAt: string }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    // What is no backup, or a damaged one, is passed over.
    const manifest = await withBackup(path, async (backup) => backup.manifest).catch(() => null);
    if (manifest?.demo === demo) found.push({ path, createdAt: manifest.createdAt });
  }
  found.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return found[0]?.path ?? null;
}
