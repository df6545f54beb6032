/** What is predicted of one unit, and in which columns of a prediction file it stands beside `id`. */
import { z } from 'zod';

export const taskKind = z.enum([
  /** One of several classes: `p_<class>` for each, which sum to 1. */
  'classification',
  /** A number: `prediction`. */
  'regression',
  /** Any number of labels: `p_<label>` for each, every one between 0 and 1. */
  'multilabel',
  /** Several numbers: `prediction_<target>` for each. */
  'multioutput',
  /** The pixels of an image that belong to something: `prediction`, run lengths as pairs of start (from 1) and length, down the columns. */
  'mask',
  /** Boxes: `prediction`, for each `label confidence left top right bottom`, all separated by blanks; empty for none. */
  'boxes',
  /** A text: `prediction`. */
  'text',
]);
export type TaskKind = z.infer<typeof taskKind>;
