/** Cuts new lines of output into messages, and leaves out lines when a program says more than anybody can read. */

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** Consecutive lines; `first` is the number of the first. */
export interface LogBatch {
  readonly first: number;
  readonly lines: string[];
}

/** Of one message: the schema's bound, and well below what is stored apart from the message. */
const MOST_LINES = 1000;
const MOST_CHARACTERS = 100_000;

/**
 * Messages for these lines, at most `allowance` (3 or more) lines in all. What is too much is left out of the middle, in favour of the
 * newest, and one line says how many; it carries the number of the last line left out, so numbers stay true.
 */
export function logBatches(lines: readonly NumberedLine[], allowance: number): LogBatch[] {
  return split(lines.length <= allowance ? lines : thinned(lines, allowance));
}

function thinned(lines: readonly NumberedLine[], allowance: number): NumberedLine[] {
  const early = Math.floor(allowance / 2);
  const late = Math.max(1, allowance - early - 1);
  const omitted = lines.slice(early, -late);
  const note = {
    number: omitted.at(-1)?.number ?? 0,
    text: `[${omitted.length} lines not sent: too many a second]`,
  };
  return [...lines.slice(0, early), note, ...lines.slice(-late)];
}

function split(lines: readonly NumberedLine[]): LogBatch[] {
  const batches: LogBatch[] = [];
  let batch: LogBatch | null = null;
  let characters = 0;
  for (const { number, text } of lines) {
    const follows = batch !== null && number === batch.first + batch.lines.length;
    const fits =
      batch !== null && batch.lines.length < MOST_LINES && characters + text.length <= MOST_CHARACTERS;
    if (batch === null || !follows || !fits) {
      batch = { first: number, lines: [] };
      characters = 0;
      batches.push(batch);
    }
    batch.lines.push(text);
    characters += text.length;
  }
  return batches;
}
