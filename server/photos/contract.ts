import { z } from 'zod';
import { civilDateSchema } from '../../geodata/schema.ts';
import { changeIdSchema, listOf } from '../platform/contract.ts';

export const photoRefusals = [
  'unknown_photo',
  /** 404: nothing of this kind and id is known, or not to this reader. */
  'unknown_subject',
  /** 413: more than `PHOTO_LIMIT_BYTES`, or more pixels than are unpacked here. */
  'photo_too_large',
  /** 415: HEIC or HEIF, which only Apple's own programs read everywhere. */
  'photo_heic',
  /** 415: no JPEG, PNG or WebP by its bytes. */
  'unknown_photo_kind',
  /** 415: a picture, but of another kind than the sender says. */
  'photo_lies',
  /** 422: begins like a picture and cannot be unpacked. */
  'photo_unreadable',
  /** 409: the same file stands there already. */
  'photo_already_there',
  /** 409: taken away before, or not taken away. */
  'photo_removed',
  'photo_not_removed',
  /** 422: the day it was taken has not come. */
  'taken_in_future',
  /** 503: this machine has no program that reads pictures. */
  'photos_unavailable',
] as const;

/** 25 MB: a phone's largest JPEG; whatever comes beyond is not even read. */
export const PHOTO_LIMIT_BYTES = 25 * 1024 * 1024;

/** What a photo may be of. */
export const subjectKinds = ['relic', 'breeding-site', 'inspection', 'response'] as const;
export type SubjectKind = (typeof subjectKinds)[number];
export const subjectSchema = z.object({ subject: z.enum(subjectKinds), id: z.string().min(1).max(100) });
export type Subject = z.infer<typeof subjectSchema>;

/** `public`: everybody who may read the subject; `office`: whoever has an account and may read its papers. */
export const audiences = ['public', 'office'] as const;
export type Audience = (typeof audiences)[number];

const caption = z.string().trim().max(500);
const rights = z.string().trim().max(200);

export const photoSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  subject: z.enum(subjectKinds),
  subjectId: z.string(),
  audience: z.enum(audiences),
  /** Of the file as it was sent. */
  sha256: z.string(),
  bytes: z.number().int(),
  /** Of the copy that is served, in pixels. */
  width: z.number().int(),
  height: z.number().int(),
  takenOn: civilDateSchema.nullable(),
  caption: z.string(),
  /** Whose it is, and what may be done with it; empty = not stated. */
  rights: z.string(),
  addedAt: z.string(),
  /** Who added it, by name; `null` for whoever has no account. */
  addedBy: z.string().nullable(),
  removed: z.boolean(),
  demo: z.boolean(),
});
export type Photo = z.infer<typeof photoSchema>;

export const photoListSchema = listOf(photoSchema).extend({ mayWrite: z.boolean() });

/** The query of an upload; the body is the file itself. */
export const addPhotoSchema = subjectSchema.extend({
  changeId: changeIdSchema,
  audience: z.enum(audiences).default('office'),
  caption: caption.default(''),
  rights: rights.default(''),
  /** Left out: the day the file itself says, if that has come. */
  takenOn: civilDateSchema.optional(),
});
export type AddPhoto = z.infer<typeof addPhotoSchema>;

/** What the file said of itself: offered once to whoever sent it, and kept nowhere. */
export const takenSchema = z.object({
  position: z.object({ lng: z.number(), lat: z.number(), errorMeters: z.number().nullable() }).nullable(),
  takenOn: civilDateSchema.nullable(),
});
export const addedPhotoSchema = z.object({ photo: photoSchema, taken: takenSchema });
export type AddedPhoto = z.infer<typeof addedPhotoSchema>;

export const editPhotoSchema = z.object({
  changeId: changeIdSchema,
  caption: caption.optional(),
  rights: rights.optional(),
  takenOn: civilDateSchema.nullable().optional(),
  audience: z.enum(audiences).optional(),
});
export type EditPhoto = z.infer<typeof editPhotoSchema>;

export const movePhotoSchema = z.object({ changeId: changeIdSchema });

export const copies = ['picture', 'thumbnail'] as const;
export type Copy = (typeof copies)[number];
