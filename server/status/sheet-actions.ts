/** Ward figures as a workbook: given out, and read back. Nothing is written here: drafts are saved as any other. */
import type { WardKey } from '../../geodata/schema.ts';
import { may, type Actor } from '../accounts/permission.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { openSheet, SheetError } from '../platform/sheet.ts';
import { writeXlsx } from '../platform/sheet-write.ts';
import { findPack } from './actions.ts';
import { figuresOfPeriod } from './figure-actions.ts';
import { refusePeriod } from './figure.ts';
import { daysOfPeriod } from './period.ts';
import { figureSheet, readFigureSheet, readSheetHead } from './figure-sheet.ts';
import type { CheckedSheet } from './sheet-contract.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock' | 'env'>;

const wardsOf = ({ places, env }: Given) =>
  places.wards[env.units].map(({ properties }) => ({ key: properties.key as WardKey, name: properties.name }));

/**
 * The sheet of a period: every ward and indicator, with what is stored.
 * @throws {Refusal} 404 `unknown_pack`; 422 `invalid_period`, `period_in_future`
 */
export async function writeFigureSheet(
  services: Given,
  asked: { pack?: string | undefined; period: string },
): Promise<Buffer> {
  const refused = refusePeriod(asked.period, services.clock.today());
  if (refused) throw new Refusal(422, refused);
  const { pack: id, period, items } = await figuresOfPeriod(services, asked);
  return writeXlsx([
    figureSheet(await findPack(services, id, daysOfPeriod(period)?.to), period, wardsOf(services), items),
  ]);
}

function opened(bytes: Buffer) {
  try {
    return openSheet(bytes);
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    throw new Refusal(422, error.reason === 'too-large' ? 'too_many_rows' : 'unreadable_file');
  }
}

/**
 * Says what a sheet that came back would change, row by row, and what is wrong by the address of its cell.
 * @throws {Refusal} 404 `unknown_pack`; 422 `unreadable_file`, `too_many_rows`, `not_a_template`, `template_version`,
 *   `invalid_period`, `period_in_future`
 */
export async function checkFigureSheet(services: Given, bytes: Buffer, actor: Actor): Promise<CheckedSheet> {
  const { rows, merged } = opened(bytes);
  const head = readSheetHead(rows);
  if (typeof head === 'string') throw new Refusal(422, head);
  const pack = await findPack(services, head.pack, daysOfPeriod(head.period)?.to);
  const today = services.clock.today();
  const refused = refusePeriod(head.period, today);
  if (refused) throw new Refusal(422, refused);
  const { items: figures } = await figuresOfPeriod(services, head);
  const read = readFigureSheet(rows, merged, {
    ...{ pack, period: head.period, today, figures },
    readWard: services.places.readWardCode,
    wards: new Set(wardsOf(services).map(({ key }) => key)),
    inScope: (wardKey) => may(actor, 'figure.enter', wardKey),
  });
  return { ...head, ...read };
}
