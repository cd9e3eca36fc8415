import type { CivilDate } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { Audience, Subject, SubjectKind } from './contract.ts';

export interface StoredPhoto {
  id: string;
  version: number;
  subject: SubjectKind;
  subjectId: string;
  audience: Audience;
  sha256: string;
  bytes: number;
  kind: string;
  /** SHA-256 of the two copies. */
  picture: string;
  thumbnail: string;
  width: number;
  height: number;
  takenOn: CivilDate | null;
  caption: string;
  rights: string;
  addedBy: string;
  addedAt: string;
  removedAt: string | null;
  demo: boolean;
}

type Row = Omit<StoredPhoto, 'demo'> & { demo: 0 | 1 };
const COLUMNS = `id, version, subject_kind AS subject, subject_id AS subjectId, audience, sha256, bytes, kind, picture,
  thumbnail, width, height, taken_on AS takenOn, caption, rights, added_by AS addedBy, added_at AS addedAt,
  removed_at AS removedAt, demo`;
const fromRow = (row: Row): StoredPhoto => ({ ...row, demo: row.demo === 1 });

/** Apart so that its plan can be tested. */
export const PHOTOS_OF_SUBJECT = `SELECT ${COLUMNS} FROM photo WHERE subject_kind = ? AND subject_id = ?
  ORDER BY added_at, id`;

/** All of a subject, those taken away too, oldest first. */
export const photosOf = async (db: Reader, { subject, id }: Subject): Promise<StoredPhoto[]> =>
  (await db.all<Row>(PHOTOS_OF_SUBJECT, [subject, id])).map(fromRow);

export async function findPhoto(db: Reader, id: string): Promise<StoredPhoto | null> {
  const row = await db.get<Row>(`SELECT ${COLUMNS} FROM photo WHERE id = ?`, [id]);
  return row ? fromRow(row) : null;
}

/** How many photos, not taken away, each subject of a kind has; a subject without any is missing. */
export async function countPhotos(db: Reader, subject: SubjectKind): Promise<Map<string, number>> {
  const rows = await db.all<{ id: string; n: number }>(
    `SELECT subject_id AS id, count(*) AS n FROM photo WHERE subject_kind = ? AND removed_at IS NULL GROUP BY subject_id`,
    [subject],
  );
  return new Map(rows.map(({ id, n }) => [id, n]));
}

export async function insertPhoto(tx: Writer, photo: StoredPhoto): Promise<void> {
  await tx.run(
    `INSERT INTO photo (id, version, subject_kind, subject_id, audience, sha256, bytes, kind, picture, thumbnail, width,
       height, taken_on, caption, rights, added_by, added_at, removed_at, demo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[photo.id, photo.version, photo.subject, photo.subjectId, photo.audience, photo.sha256, photo.bytes],
      ...[photo.kind, photo.picture, photo.thumbnail, photo.width, photo.height, photo.takenOn, photo.caption],
      ...[photo.rights, photo.addedBy, photo.addedAt, photo.removedAt, photo.demo ? 1 : 0],
    ],
  );
}

/** What may change about a photo; its bytes never do. */
export async function updatePhoto(tx: Writer, photo: StoredPhoto): Promise<void> {
  await tx.run(
    `UPDATE photo SET version = ?, audience = ?, taken_on = ?, caption = ?, rights = ?, removed_at = ? WHERE id = ?`,
    [photo.version, photo.audience, photo.takenOn, photo.caption, photo.rights, photo.removedAt, photo.id],
  );
}
