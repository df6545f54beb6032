/** Stretches of time. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How long at least one of them lasts. */
export function covered(stretches: readonly Stretch[]): number {
  return union(stretches).reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The same moments as stretches that do not touch, in order. */
export function union(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of stretches.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || next.from > last.to) joined.push(next);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
  }
  return joined;
}

/** The moments of `stretches` at which none of `others` lasts. */
export function without(stretches: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const holes = union(others);
  return union(stretches).flatMap((stretch) => {
    const parts: Stretch[] = [];
    let { from } = stretch;
    for (const hole of holes) {
      if (hole.to <= from || hole.from >= stretch.to) continue;
      if (hole.from > from) parts.push({ from, to: hole.from });
      from = hole.to;
    }
    if (from < stretch.to) parts.push({ from, to: stretch.to });
    return parts;
  });
}
