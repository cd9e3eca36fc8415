/** The register of the title: every ward on one page, on any day; the procedure it goes by. */
import type { CivilDate, Units, WardKey } from '../../geodata/schema.ts';
import type { Reader } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { districtStatus } from './actions.ts';
import type { ProcedureReply, TitleRegister } from './title-contract.ts';
import { stepsAsTheyStand, stepsUntil } from './title-history.ts';
import { culturalCounts, registerLine } from './title-register.ts';
import { allWritings } from './title-store.ts';
import { workCalendar } from './working-days.ts';

type Given = { db: Reader } & Pick<Services, 'places' | 'clock'>;

/** The procedure as its pack has it, and of which years the public holidays are known. */
export function readProcedure({ places }: Pick<Services, 'places'>): ProcedureReply {
  const { asOf, note, weekend, years } = places.holidays;
  return {
    procedure: places.titleProcedure,
    holidays: { asOf, note, weekend, years: years.map(({ year }) => year) },
  };
}

/** Every ward of a set on a day: where it stands, what is due, what is met, which papers are there. */
export async function titleRegister(services: Given, at: CivilDate, units: Units): Promise<TitleRegister> {
  const { titleProcedure: procedure, holidays, facts } = services.places;
  const [status, writings] = await Promise.all([districtStatus(services, at, units), allWritings(services.db)]);
  const rules = { procedure, calendar: workCalendar(holidays), at };
  const steps = stepsUntil(stepsAsTheyStand(writings), at);
  const wards = status.wards.map((ward) =>
    registerLine(
      steps.filter(({ wardKey }) => wardKey === ward.key),
      ward,
      rules,
    ),
  );
  const keys = new Set<string>(wards.map(({ key }) => key));
  const inSet = facts.wards.filter(({ key }) => keys.has(key as WardKey));
  return {
    at,
    units,
    procedure: procedure.id,
    demo: status.demo || wards.some(({ demo }) => demo),
    wards,
    cultural: culturalCounts(inSet, at),
  };
}
