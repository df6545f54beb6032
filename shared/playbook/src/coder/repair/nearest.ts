/** The word that was probably meant. */

/** The most similar of `words`; null when none is near. */
export function nearest(word: string, words: Iterable<string>): string | null {
  const most = Math.max(1, Math.floor(word.length / 3));
  let best: { word: string; distance: number } | null = null;
  for (const other of words) {
    if (other === word || Math.abs(other.length - word.length) > most) continue;
    const away = distance(word, other);
    if (away <= most && (best === null || away < best.distance)) best = { word: other, distance: away };
  }
  return best?.word ?? null;
}

/** Edit distance with swaps of neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const steps = [
        at(above, column) + 1,
        at(current, column - 1) + 1,
        at(above, column - 1) + (same ? 0 : 1),
      ];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) steps.push(at(before, column - 2) + 1);
      current.push(Math.min(...steps));
    }
    [before, above] = [above, current];
  }
  return at(above, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
