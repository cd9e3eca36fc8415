import type { ImportField, ImportResult } from '../../../server/dengue/cases/import-contract.ts';
import { asRefused } from '../../api/refusal.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import { cases } from './cases.svelte.ts';
import { base64Of } from './save-file.ts';
import { importCases, type ImportDraft } from './wire.ts';

export interface ImportOptions {
  coordinates: ImportDraft['coordinates'];
  /** Empty = an empty cell is a fault. */
  defaultClass: string;
  accuracyMeters: number | null;
  ward: string;
  correctSwapped: boolean;
}

/** The server refuses larger ones; said before they are read. */
const MOST_BYTES = 8 * 1024 * 1024;

/** One file on its way in: what was read of it, how it is to be read, what was written. */
export class Importing {
  file = $state.raw<{ fileName: string; content: string } | null>(null);
  options = $state<ImportOptions>({
    coordinates: 'auto',
    defaultClass: '',
    accuracyMeters: null,
    ward: '',
    correctSwapped: false,
  });
  /** What came of the last dry run. */
  result = $state.raw<ImportResult | null>(null);
  /** What was written in the end. */
  written = $state.raw<ImportResult | null>(null);
  busy = $state(false);
  refusal = $state('');
  /** Column -> field as the reader sees it; `null` = the guesses stand. */
  #mapping: Partial<Record<ImportField, number>> | null = null;
  #turn = 0;

  async take(file: File): Promise<void> {
    Object.assign(this, { file: null, result: null, written: null, refusal: '' });
    this.#mapping = null;
    if (file.size > MOST_BYTES) {
      this.refusal = i18n.refusal('file_too_large');
      return;
    }
    this.busy = true;
    try {
      this.file = { fileName: file.name, content: await base64Of(file) };
    } catch {
      this.refusal = i18n.refusal('unreadable_file');
      this.busy = false;
      return;
    }
    await this.look();
  }

  /** Says what a column holds; a field has one column. */
  async assign(column: number, field: ImportField | ''): Promise<void> {
    const now = this.result?.columns ?? [];
    const kept = now.flatMap(({ index, field: held }) =>
      held && index !== column && held !== field ? [[held, index] as const] : [],
    );
    this.#mapping = Object.fromEntries(field ? [...kept, [field, column] as const] : kept);
    await this.look();
  }

  /** The dry run: asked again whenever the reader changes how the file is read. */
  async look(): Promise<void> {
    const body = this.#body({ dryRun: true, skipFaulty: false });
    if (!body) return;
    const turn = ++this.#turn;
    this.busy = true;
    this.refusal = '';
    try {
      const result = await importCases(body, cases.changeId('look', turn));
      if (turn === this.#turn) this.result = result;
    } catch (fault) {
      if (turn === this.#turn) this.refusal = i18n.refusal(asRefused(fault).code);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  /** Writes all rows, or all but the faulty ones. The same file again after a lost reply is not written twice. */
  async write(skipFaulty: boolean): Promise<void> {
    const body = this.#body({ dryRun: false, skipFaulty });
    if (!body) return;
    this.busy = true;
    this.refusal = '';
    try {
      this.written = await importCases(body, cases.changeId('import', body));
      cases.refresh();
    } catch (fault) {
      this.refusal = i18n.refusal(asRefused(fault).code);
    } finally {
      this.busy = false;
    }
  }

  #body(how: Pick<ImportDraft, 'dryRun' | 'skipFaulty'>): ImportDraft | null {
    if (!this.file) return null;
    const { coordinates, defaultClass, accuracyMeters, ward, correctSwapped } = this.options;
    return {
      ...this.file,
      ...(this.#mapping && { mapping: this.#mapping }),
      coordinates,
      ...(defaultClass && { defaultClass: defaultClass as 'suspected' | 'clinical' | 'confirmed' }),
      accuracyMeters,
      ...(ward && { ward }),
      correctSwapped,
      ...how,
    };
  }
}
