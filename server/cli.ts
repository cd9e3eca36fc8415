/** `npm run -s atlas -- VERB …`: exit 0, or 1 with one plain line. */
import { readEnv, type Env } from './env.ts';
import { explainAt, PlainFault } from './faults.ts';
import { auditVerify } from './commands/audit.ts';
import { backup, restore } from './commands/backup.ts';
import { doctor } from './commands/doctor.ts';
import { exportLayer } from './commands/export.ts';
import { outbreaks } from './commands/outbreaks.ts';
import { privacyPurge } from './commands/privacy.ts';
import { userCommands } from './commands/user.ts';
import type { Command } from './commands/command.ts';

const commands: readonly Command[] = [
  auditVerify,
  backup,
  restore,
  privacyPurge,
  doctor,
  exportLayer,
  outbreaks,
  ...userCommands,
];

const HELP = `npm run -s atlas -- LỆNH / VERB

${commands.map(({ usage, vi, en }) => `  ${usage}\n      ${vi}\n      ${en}`).join('\n')}
  help
      Trang này
      This page

--demo: cơ sở dữ liệu minh hoạ / the demo database. DATA_DIR: thư mục dữ liệu / the data folder.`;

/** Runs one command and returns the exit code; answers go to stdout, faults to stderr. */
export async function runCommand(args: readonly string[], source: NodeJS.ProcessEnv = process.env): Promise<number> {
  const words = args.filter((arg) => arg !== '--demo');
  if (words.length === 0 || words[0] === 'help' || words.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  let env: Env | null = null;
  try {
    const command = commands.find(({ verb }) => verb.every((word, index) => words[index] === word));
    if (!command) throw new PlainFault(`Không có lệnh đó / No such verb: ${words[0]} (npm run -s atlas -- help)`);
    env = readEnv({ LOG_LEVEL: 'silent', ...source }, { demo: args.includes('--demo') });
    for (const line of await command.run(words.slice(command.verb.length), env)) console.log(line);
    return 0;
  } catch (error) {
    console.error(((await explainAt(error, env)) ?? [(error as Error).message])[0]);
    return 1;
  }
}
