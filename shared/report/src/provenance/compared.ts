/** What a statement of provenance says of files, beside the files that are there. */
import type { FileDigest } from './digest.ts';
import type { Statement } from './statement.ts';

export interface Comparison {
  /** As stated. */
  readonly same: readonly string[];
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** There, but nothing is stated of them. */
  readonly unknown: readonly string[];
}

export function comparedWithStatement({ subject }: Statement, files: readonly FileDigest[]): Comparison {
  const there = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const stated = new Set(subject.map(({ name }) => name));
  const state = Object.groupBy(subject, ({ name, digest }) => {
    const found = there.get(name);
    if (found === undefined) return 'missing';
    return found === digest.sha256 ? 'same' : 'changed';
  });
  const names = (which: 'same' | 'changed' | 'missing') => (state[which] ?? []).map(({ name }) => name);
  return {
    same: names('same'),
    changed: names('changed'),
    missing: names('missing'),
    unknown: files.flatMap(({ path }) => (stated.has(path) ? [] : [path])),
  };
}
