/** Rows and generations of a family tree: each candidate below its parent, as deep as its line is long. */
import type { CandidateReport } from '../run/candidate-report.ts';

export interface Placed {
  readonly candidate: CandidateReport;
  /** From the top, from 0. */
  readonly row: number;
  /** Generations from the one that began the line. */
  readonly depth: number;
}

/** A parent that is not among them, or that descends from its own child, begins no line: the child does. */
export function placed(candidates: readonly CandidateReport[]): Placed[] {
  const known = new Set(candidates.map(({ id }) => id));
  const children = Map.groupBy(candidates, ({ parent }) =>
    parent !== null && known.has(parent) ? parent : null,
  );
  const rows: Placed[] = [];
  const seen = new Set<string>();
  const place = (candidate: CandidateReport, depth: number) => {
    if (seen.has(candidate.id)) return;
    seen.add(candidate.id);
    rows.push({ candidate, row: rows.length, depth });
    for (const child of children.get(candidate.id) ?? []) place(child, depth + 1);
  };
  for (const root of children.get(null) ?? []) place(root, 0);
  for (const left of candidates) place(left, 0);
  return rows;
}
