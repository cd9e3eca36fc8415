/** GeoJSON as the layer files hold it: closed schemas over RFC 7946, one per layer. */
import { z } from 'zod';
import {
  districtPropertiesSchema,
  landmarkPropertiesSchema,
  positionSchema,
  streetPropertiesSchema,
  wardEdgePropertiesSchema,
  wardPropertiesSchema,
  waterPropertiesSchema,
} from './schema.ts';

const bboxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const lineSchema = z.array(positionSchema).min(2);
const ringSchema = z.array(positionSchema).min(4);

export const pointSchema = z.strictObject({ type: z.literal('Point'), coordinates: positionSchema });
export const lineStringSchema = z.strictObject({ type: z.literal('LineString'), coordinates: lineSchema });
export const multiLineStringSchema = z.strictObject({
  type: z.literal('MultiLineString'),
  coordinates: z.array(lineSchema).min(1),
});
export const polygonSchema = z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ringSchema).min(1) });
export const multiPolygonSchema = z.strictObject({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(ringSchema).min(1)).min(1),
});

const collectionOf = <G extends z.ZodType, P extends z.ZodRawShape>(geometry: G, properties: z.ZodObject<P>) =>
  z.strictObject({
    type: z.literal('FeatureCollection'),
    bbox: bboxSchema,
    features: z.array(
      z.strictObject({
        type: z.literal('Feature'),
        id: z.string().min(1),
        /** Left out for points. */
        bbox: bboxSchema.optional(),
        properties: z.strictObject(properties.shape),
        geometry,
      }),
    ),
  });

const area = z.union([polygonSchema, multiPolygonSchema]);

/** The schema of each file in `layers/`, by its name without the ending. */
export const layerFileSchemas = {
  'wards-1995': collectionOf(area, wardPropertiesSchema),
  'wards-2025': collectionOf(area, wardPropertiesSchema),
  'ward-edges': collectionOf(lineStringSchema, wardEdgePropertiesSchema),
  district: collectionOf(area, districtPropertiesSchema),
  water: collectionOf(z.union([polygonSchema, lineStringSchema]), waterPropertiesSchema),
  streets: collectionOf(z.union([lineStringSchema, multiLineStringSchema]), streetPropertiesSchema),
  landmarks: collectionOf(pointSchema, landmarkPropertiesSchema),
};
export type LayerFile = keyof typeof layerFileSchemas;
export const layerFiles = Object.keys(layerFileSchemas) as LayerFile[];
