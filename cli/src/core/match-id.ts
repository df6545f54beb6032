/** Which of many ids a user means. */
import { nearest } from '@modelwright/yaml-file';

export type Match =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'many'; readonly ids: readonly string[] }
  | { readonly kind: 'none'; readonly near: string | null };

/** By the id, the id without the run's before it, or the end of it. */
export function matchId(run: string, named: string, ids: readonly string[]): Match {
  const exact = ids.find((id) => id === named || id === `${run}_${named}`);
  if (exact !== undefined) return { kind: 'one', id: exact };
  const matches = ids.filter((id) => id.endsWith(named));
  const [only, another] = matches;
  if (only === undefined) return { kind: 'none', near: nearest(`${run}_${named}`, ids) };
  return another === undefined ? { kind: 'one', id: only } : { kind: 'many', ids: matches };
}
