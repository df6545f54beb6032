/** Which column names a row: a different value in each, in training and test table alike. */
import type { TableProfile } from '@modelwright/contracts';
import { type Profiles, portraitOf } from './bare-folder.ts';

const WHOLE_NAME = /^(id|index|idx|key|uid|uuid|guid|name|unnamed_1|row.?(id|number|nr|index)?)$/i;
/** `essay_id` and `PassengerId`, but not `acid`. */
const ENDING = /[_ .-](id|Id|ID|key|no|nr)$|[a-z]I[dD]$/;

/** Whether a column is called what names of rows are called. */
export function isNamedLikeAnId(name: string): boolean {
  return WHOLE_NAME.test(name) || ENDING.test(name);
}

/** Null for none: rows are then numbered. */
export function findRowId({ train, test, sample }: Profiles, target: string): string | null {
  const named = train.names.filter(
    (name) => name !== target && isUnique(train, name) && (test === null || isUnique(test, name)),
  );
  const [first] = named;
  return (
    named.find((name) => sample?.names.includes(name)) ??
    named.find((name) => isNamedLikeAnId(name)) ??
    (first !== undefined && first === train.names[0] && looksLikeOne(train, first) ? first : null)
  );
}

function isUnique(table: TableProfile, name: string): boolean {
  return portraitOf(table, name)?.unique === true;
}

/** Names rather than measurements: text without blanks, or numbers without a gap. */
function looksLikeOne(table: TableProfile, name: string): boolean {
  const portrait = portraitOf(table, name);
  if (portrait?.kind === 'categorical') return true;
  const { whole = false, smallest = 0, largest = 0 } = portrait ?? {};
  return whole && largest - smallest === table.rows - 1;
}
