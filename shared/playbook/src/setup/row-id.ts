/** Which column names a row: a different value in each, in training and test table alike. */
import type { TableProfile } from '@modelwright/contracts';
import { type Profiles, portraitOf } from './bare-folder.ts';

const NAMED_SO =
  /^(id|index|idx|key|uid|uuid|guid|name|unnamed_1|row.?(id|number|nr|index)?)$|[_ .-](id|key|no|nr)$|[a-z]I[dD]$/i;

/** Null for none: rows are then numbered. */
export function findRowId({ train, test, sample }: Profiles, target: string): string | null {
  const named = train.names.filter(
    (name) => name !== target && isUnique(train, name) && (test === null || isUnique(test, name)),
  );
  const [first] = named;
  return (
    named.find((name) => sample?.names.includes(name)) ??
    named.find((name) => NAMED_SO.test(name)) ??
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
