import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { isDivisionCode } from './division.ts';

export const division = z
  .string()
  .refine(
    isDivisionCode,
    'write the six digits of the GB/T 2260 division code, such as 510104; 00 stands for the whole',
  )
  .describe('GB/T 2260 division code, six digits');

export const position = z
  .strictObject({
    latitude: z.number().min(-90).max(90).describe('Degrees north'),
    longitude: z.number().min(-180).max(180).describe('Degrees east'),
  })
  .describe(
    'In WGS84, as GPS says it; Chinese map apps show GCJ-02, which must be converted before',
  );

const MOST_SAMPLES_A_MONTH = 1_000_000;

const changeable = {
  name: shortText(100),
  division,
  address: shortText(200).nullable().default(null),
  phone: z
    .string()
    .regex(/^\+?\d[\d -]{2,28}\d$/, 'use digits, spaces and "-", a "+" at most first')
    .nullable()
    .default(null),
  position: position.nullable().default(null),
  monthlyQuota: z
    .int()
    .min(0)
    .max(MOST_SAMPLES_A_MONTH)
    .nullable()
    .default(null)
    .describe('Samples that are accepted in a calendar month, UTC; null: any number'),
};

export const newCollectionPoint = z.strictObject({
  code: z.string().regex(/^[A-Z0-9-]{2,20}$/, 'use 2 to 20 capitals, digits and "-"'),
  ...changeable,
});

export const collectionPointChange = z.strictObject(changeable);

export const POINT_STATES = ['active', 'suspended'] as const;

export const collectionPointState = z.strictObject({
  state: z.enum(POINT_STATES),
  reason: shortText(500).describe('Why; name nobody in it'),
});

export const collectionPointParams = z.object({ pointId: z.uuid() });

export const collectionPoint = z.object({
  id: z.uuid(),
  ...newCollectionPoint.shape,
  state: z.enum(POINT_STATES),
  stateReason: z.string().nullable(),
  version: z.int().describe('Counts the changes; the ETag of the collection point'),
});

const near = z
  .string()
  .regex(
    /^-?\d{1,3}(\.\d{1,12})?,-?\d{1,3}(\.\d{1,12})?$/,
    'write latitude,longitude: 30.67,104.06',
  )
  .transform((text) => {
    const [latitude, longitude] = text.split(',').map(Number);
    return { latitude, longitude };
  })
  .pipe(position);

export const collectionPointQuery = z.strictObject({
  division: z
    .string()
    .regex(/^(\d{2}){1,3}$/, 'write two digits for a province, four for a city, six for a county')
    .optional()
    .describe('Only those whose division code begins so'),
  near: near
    .optional()
    .describe('latitude,longitude in WGS84: the nearest that are active, as GeoJSON (RFC 7946)'),
  limit: z.coerce.number().int().min(1).max(100).default(5).describe('How many, with near'),
});

const collectionPointList = z.object({ collectionPoints: z.array(collectionPoint) });

export const feature = z.object({
  type: z.literal('Feature'),
  id: z.uuid(),
  geometry: z.object({
    type: z.literal('Point'),
    coordinates: z.tuple([z.number(), z.number()]).describe('Longitude, latitude'),
  }),
  properties: z.object({
    code: z.string(),
    name: z.string(),
    division: z.string(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    distanceMetres: z.int().describe('Along the WGS84 ellipsoid'),
  }),
});

const nearestPoints = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(feature),
});

export const collectionPointAnswer = {
  description: 'All of them by their code; with near, the nearest first',
  content: {
    'application/json': { schema: collectionPointList },
    'application/geo+json': { schema: nearestPoints },
  },
};
