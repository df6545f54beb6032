/** A table with several rows a unit: the sample submission names units, and each stands on several training rows. */
import { type Profiles, portraitOf } from '../bare-folder.ts';

export interface LongUnits {
  /** Column that says which rows are one unit. */
  readonly unit: string;
  /** Column that orders them. */
  readonly order: string | null;
}

const ORDER =
  /^(time(stamp)?|date(time)?|t|step|order|seq(uence)?(_?(no|num(ber)?|index))?|measurement_number|frame|index)$/i;

/** Null where every row is a unit. */
export function longUnits({ train, test, sample }: Profiles): LongUnits | null {
  const unit = sample?.names[0];
  if (unit === undefined || !comesAgain(train, unit)) return null;
  if (test !== null && !comesAgain(test, unit)) return null;
  return { unit, order: train.names.find((name) => name !== unit && ORDER.test(name)) ?? null };
}

function comesAgain(table: Profiles['train'], name: string): boolean {
  return portraitOf(table, name)?.unique === false;
}
