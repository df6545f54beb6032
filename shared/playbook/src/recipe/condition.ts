/** When something in a recipe applies: every key given must hold of the situation. */
import { featureKind, metricName, taskKind } from '@modelwright/contracts';
import { z } from 'zod';
import type { Situation } from './situation.ts';

export const condition = z.strictObject({
  kinds: z.array(taskKind).optional(),
  images: z.boolean().optional(),
  min_rows: z.int().optional(),
  max_rows: z.int().optional(),
  min_columns: z.int().optional(),
  max_columns: z.int().optional(),
  metrics: z.array(metricName).optional(),
  missing: z.boolean().optional(),
  categorical: z.boolean().optional(),
  positive_target: z.boolean().optional(),
  /** Files of one of these kinds are among the features. */
  media: z.array(featureKind).optional(),
  /** Further tables belong to the units. */
  tables: z.boolean().optional(),
});
export type Condition = z.infer<typeof condition>;

export function holds(when: Condition | undefined, situation: Situation): boolean {
  if (when === undefined) return true;
  const { kind, metric, rows, columns, media } = situation;
  return (
    (when.kinds?.includes(kind) ?? true) &&
    (when.metrics?.includes(metric) ?? true) &&
    is(when.images, situation.images) &&
    is(when.missing, situation.missing) &&
    is(when.categorical, situation.categorical) &&
    is(when.positive_target, situation.positiveTarget) &&
    is(when.tables, situation.tables) &&
    (when.media?.some((one) => media.includes(one)) ?? true) &&
    rows >= (when.min_rows ?? 0) &&
    rows <= (when.max_rows ?? Number.POSITIVE_INFINITY) &&
    columns >= (when.min_columns ?? 0) &&
    columns <= (when.max_columns ?? Number.POSITIVE_INFINITY)
  );
}

function is(wanted: boolean | undefined, given: boolean): boolean {
  return wanted === undefined || wanted === given;
}
