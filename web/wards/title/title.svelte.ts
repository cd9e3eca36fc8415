import type {
  CorrectStep,
  ProcedureReply,
  RecordStep,
  RegisterLine,
  TitleRegister,
  TitleStep,
} from '../../../server/status/title-contract.ts';
import type { Units } from '../../../geodata/schema.ts';
import { api, ask } from '../../api/client.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { changes } from '../../live/changes.svelte.ts';

export interface WardSteps {
  key: string;
  items: TitleStep[];
  writings: TitleStep[];
}

/** The register of the title on the day shown, the procedure, and the steps of one ward. */
class TitleState {
  readonly register = new Resource<TitleRegister>();
  readonly procedure = new Resource<ProcedureReply>();
  readonly steps = new Resource<WardSteps>();
  #asked = '';

  /** Asked once a day and ward set; `renew` asks again. */
  load(at: string, units: Units): void {
    const asked = `${at} ${units}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    void this.register.load(() => ask(api.api.title.register.$get({ query: { at, units } })));
    if (!this.procedure.value) void this.procedure.load(() => ask(api.api.title.procedure.$get()));
  }

  loadSteps(key: string): void {
    if (this.steps.value?.key !== key) this.steps.value = null;
    void this.steps.load(() => ask(api.api.wards[':code']['title-steps'].$get({ param: { code: key }, query: {} })));
  }

  renew(): void {
    void this.register.reload();
    void this.steps.reload();
  }

  line(key: string): RegisterLine | null {
    return this.register.value?.wards.find((ward) => ward.key === key) ?? null;
  }

  async record(changeId: string, key: string, draft: Omit<RecordStep, 'changeId'>): Promise<void> {
    changes.own(changeId);
    const sent = { param: { code: key }, query: {}, json: { changeId, ...draft } };
    this.#take(await ask(api.api.wards[':code']['title-steps'].$post(sent)));
  }

  async correct(
    changeId: string,
    key: string,
    { id, version }: TitleStep,
    draft: Omit<CorrectStep, 'changeId'>,
  ): Promise<void> {
    changes.own(changeId);
    const sent = { param: { code: key, id: String(id) }, query: {}, header: {}, json: { changeId, ...draft } };
    const route = api.api.wards[':code']['title-steps'][':id'];
    this.#take(await ask(route.$patch(sent as never, { headers: { 'if-match': `"${version}"` } })));
  }

  #take(steps: WardSteps): void {
    this.steps.value = steps;
    void this.register.reload();
  }
}

export const title = new TitleState();
