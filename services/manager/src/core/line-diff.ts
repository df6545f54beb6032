/** What differs between two texts, line by line: hunks as `diff -U2` shows them, by the longest common subsequence. */

const AROUND = 2;
/** Of the parts that differ, lines of one times lines of the other: beyond that the one is shown to replace the other. */
const MOST_CELLS = 4_000_000;

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** Empty where nothing differs. */
export function lineDiff(before: string, after: string): string[] {
  if (before === after) return [];
  return hunksOf(marked(linesOf(before), linesOf(after)));
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function marked(before: readonly string[], after: readonly string[]): Line[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  const kept = (from: number, to: number): Line[] =>
    before.slice(from, to).map((text) => ({ mark: ' ', text }));
  return [
    ...kept(0, head),
    ...changed(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...kept(before.length - tail, before.length),
  ];
}

function changed(before: readonly string[], after: readonly string[]): Line[] {
  if (before.length * after.length > MOST_CELLS) return [...all('-', before), ...all('+', after)];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < before.length && column < after.length) {
    if (before[row] === after[column]) {
      lines.push({ mark: ' ', text: before[row] ?? '' });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      lines.push({ mark: '-', text: before[row] ?? '' });
      row += 1;
    } else {
      lines.push({ mark: '+', text: after[column] ?? '' });
      column += 1;
    }
  }
  return [...lines, ...all('-', before.slice(row)), ...all('+', after.slice(column))];
}

function all(mark: Line['mark'], lines: readonly string[]): Line[] {
  return lines.map((text) => ({ mark, text }));
}

function hunksOf(lines: readonly Line[]): string[] {
  const near = lines.map(() => false);
  for (const [place, { mark }] of lines.entries()) {
    if (mark === ' ') continue;
    for (let n = Math.max(0, place - AROUND); n <= Math.min(lines.length - 1, place + AROUND); n += 1)
      near[n] = true;
  }
  const shown: string[] = [];
  let [old, fresh] = [1, 1];
  for (const [place, { mark, text }] of lines.entries()) {
    if (near[place] && !near[place - 1]) shown.push(`@@ -${old} +${fresh} @@`);
    if (near[place]) shown.push(`${mark}${text}`);
    if (mark !== '+') old += 1;
    if (mark !== '-') fresh += 1;
  }
  return shown;
}
