/** What every section is made from, and what it is. */
import type { Direction, RunRecord } from '@modelwright/contracts';
import type { Html } from '../html/html.ts';
import { accepted } from '../run/accepted.ts';
import type { CandidateReport } from '../run/candidate-report.ts';
import type { ReportInput } from '../run/input.ts';
import { ranked } from '../run/ranked.ts';
import { chosenIn, directionIn, type RunReport, runReport } from '../run/run-report.ts';

export interface Section {
  /** Of its heading, for links. */
  readonly id: string;
  readonly title: string;
  /** Null: there is nothing to show. */
  readonly body: Html | null;
}

export interface Subject {
  readonly input: ReportInput;
  readonly records: readonly RunRecord[];
  readonly run: RunReport;
  readonly metric: string;
  readonly toward: Direction;
  /** The best first. */
  readonly sorted: readonly CandidateReport[];
  /** The sealed one, or the best so far. */
  readonly chosen: CandidateReport | null;
}

export function subjectOf(input: ReportInput): Subject {
  const records = accepted(input.log);
  const run = runReport(records);
  const toward = directionIn(run);
  return {
    input,
    records,
    run,
    metric: run.task?.metric ?? 'score',
    toward,
    sorted: ranked(run.candidates, toward),
    chosen: chosenIn(run),
  };
}
