/** A folder of which nobody has said what it is for, and what was seen in it. */
import type { ColumnPortrait, TableProfile } from '@modelwright/contracts';

export interface BareFolder {
  readonly name: string;
  /** Its own words; null without any. */
  readonly description: string | null;
}

export interface Profiles {
  /** Compared with the test table where there is one. */
  readonly train: TableProfile;
  readonly test: TableProfile | null;
  readonly sample: TableProfile | null;
}

/** The entry of a column; null for one inside a family of columns, and for one that is not there. */
export function portraitOf(table: TableProfile | null, name: string): ColumnPortrait | null {
  return table?.columns.find((column) => column.name === name && column.through === undefined) ?? null;
}
