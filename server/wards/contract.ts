import { z } from 'zod';
import {
  bilingualSchema,
  civilDateSchema,
  figureSchema,
  positionSchema,
  unitsSchema,
  wardCodeSchema,
  wardKeySchema,
} from '../../geodata/schema.ts';
import { culturalWardStates } from '../../geodata/vocabulary.ts';

export const wardRefusals = ['code_needs_date', 'unknown_ward'] as const;

export const wardSchema = z.object({
  key: wardKeySchema,
  code: wardCodeSchema,
  name: z.string(),
  nameAscii: z.string(),
  validFrom: unitsSchema,
  validTo: civilDateSchema.nullable(),
  accuracy: bilingualSchema,
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  labelPoint: positionSchema,
  population: figureSchema.nullable(),
  areaKm2: figureSchema.nullable(),
  /** People per km², from the published area and census only; `null` when either is missing. */
  densityPerKm2: z.number().nullable(),
  /** The whole known history of the title "Phường văn hóa", oldest first. */
  culturalWard: z.array(
    z.object({ state: z.enum(culturalWardStates), year: z.number().int(), since: civilDateSchema, source: z.string() }),
  ),
  /** Wards of the other set that share land with this one. */
  successors: z.array(z.object({ key: wardKeySchema, name: z.string(), share: z.string() })),
  predecessors: z.array(z.object({ key: wardKeySchema, name: z.string(), share: z.string() })),
  successorsSource: z.string().nullable(),
});
export type Ward = z.infer<typeof wardSchema>;
