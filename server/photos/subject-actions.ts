/** What photos are of: who may read and write them is decided by the subject, never by the photo. */
import type { WardKey } from '../../geodata/schema.ts';
import { may, type Actor, type Permission } from '../accounts/permission.ts';
import { oneRelic } from '../heritage/actions.ts';
import { wardsOf } from '../heritage/relic.ts';
import { wardsOfInspection, wardsOfResponse, wardsOfSite } from '../outbreaks/subject-actions.ts';
import type { ChangeDraft } from '../platform/changes.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Audience, Subject, SubjectKind } from './contract.ts';

export type Given = Pick<Services, 'db' | 'changes' | 'clock' | 'places' | 'log' | 'env'>;

interface SubjectRule {
  /** `null` = there is none of this id. */
  wards(services: Given, id: string): Promise<readonly WardKey[] | null>;
  /** May see that the subject is there, and its photos for everybody. */
  read: Permission;
  /** May see the photos of the office. */
  office: Permission;
  write: Permission;
  /** Whether photos for everybody exist at all. */
  everybody: boolean;
  change: ChangeDraft['kind'];
}

async function wardsOfRelic(services: Given, id: string): Promise<WardKey[] | null> {
  const relic = await oneRelic(services, id, services.clock.today()).catch((error: unknown) => {
    if (error instanceof Refusal && error.problem.code === 'unknown_relic') return null;
    throw error;
  });
  return relic && wardsOf(relic);
}

const rules: Record<SubjectKind, SubjectRule> = {
  relic: {
    wards: wardsOfRelic,
    read: 'public.read',
    office: 'relic.read',
    write: 'relic.write',
    everybody: true,
    change: 'relic-photo',
  },
  // Breeding stands at homes: a photo of it shows where somebody lives.
  'breeding-site': {
    wards: wardsOfSite,
    read: 'case.read',
    office: 'case.read',
    write: 'outbreak.write',
    everybody: false,
    change: 'vector-photo',
  },
  inspection: {
    wards: wardsOfInspection,
    read: 'case.read',
    office: 'case.read',
    write: 'outbreak.write',
    everybody: false,
    change: 'vector-photo',
  },
  response: {
    wards: wardsOfResponse,
    read: 'case.read',
    office: 'case.read',
    write: 'outbreak.write',
    everybody: false,
    change: 'vector-photo',
  },
};

/** A subject as one reader stands to it. */
export interface Standing {
  change: ChangeDraft['kind'];
  mayWrite: boolean;
  maySee(audience: Audience): boolean;
}

/** @throws {Refusal} 404 `unknown_subject`, also for whoever may not know that it is there */
export async function standingTo(services: Given, { subject, id }: Subject, actor: Actor): Promise<Standing> {
  const rule = rules[subject];
  if (!may(actor, rule.read)) throw new Refusal(404, 'unknown_subject');
  const wards = await rule.wards(services, id);
  if (!wards || !may(actor, rule.read, wards)) throw new Refusal(404, 'unknown_subject');
  return {
    change: rule.change,
    mayWrite: may(actor, 'photo.write') && may(actor, rule.write, wards),
    maySee: (audience) => audience === 'public' || may(actor, rule.office, wards),
  };
}

/** @throws {Refusal} 404 `unknown_subject`; 403 `outside_scope` for whoever may read and not write */
export async function demandWriting(services: Given, subject: Subject, actor: Actor): Promise<Standing> {
  const standing = await standingTo(services, subject, actor);
  if (!standing.mayWrite) throw new Refusal(403, 'outside_scope');
  return standing;
}

/** Photos of what is not public are for the office, whatever was asked for. */
export const audienceOf = (subject: SubjectKind, asked: Audience): Audience =>
  rules[subject].everybody ? asked : 'office';
