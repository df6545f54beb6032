/** The live candidates of a manager's board, read back from its text: a table under one heading, the best first. */

export interface BoardRow {
  readonly id: string;
  readonly plan: string;
  /** Whom it comes from; of a combination two. */
  readonly from: readonly string[];
  readonly score: string | null;
  readonly state: string;
  readonly diagnosis: string;
}

const HEADING = 'Candidates: ';
const BETWEEN = ' | ';

/** None where the board has no such table. */
export function boardRows(board: string): BoardRow[] {
  const lines = board.split('\n');
  const start = lines.findIndex((line) => line.startsWith(HEADING));
  if (start < 0) return [];
  const titles = (lines[start] ?? '').slice(HEADING.length).split(BETWEEN);
  const length = lines.slice(start).indexOf('');
  return lines
    .slice(start + 1, length < 0 ? undefined : start + length)
    .filter((line) => line.includes(BETWEEN))
    .map((line) => rowOf(line.split(BETWEEN), titles));
}

function rowOf(cells: readonly string[], titles: readonly string[]): BoardRow {
  const cell = (title: string) => cells[titles.findIndex((one) => one.startsWith(title))]?.trim() ?? '';
  const filled = (title: string) => (cell(title) === '-' || cell(title) === '' ? null : cell(title));
  return {
    id: cell('id'),
    plan: cell('plan'),
    from: filled('from')?.split('+') ?? [],
    score: filled('score'),
    state: cell('state'),
    diagnosis: cell('diagnosis'),
  };
}
