/** What to throw out of a cache of folders: the longest unused first, never one in use. */

export interface Shelved {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
  readonly inUse: boolean;
}

/** Names to throw out so that all that stays, and `wanted` more bytes, keep to `maxBytes` as far as that is possible. */
export function toThrowOut(shelved: readonly Shelved[], wanted: number, maxBytes: number): string[] {
  let total = wanted + shelved.reduce((sum, one) => sum + one.bytes, 0);
  const names: string[] = [];
  for (const one of shelved.filter(({ inUse }) => !inUse).sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= maxBytes) break;
    names.push(one.name);
    total -= one.bytes;
  }
  return names;
}
