/** All that a report is made of. */
import type { JobOutcome } from '@modelwright/contracts';
import type { LogEntry } from './accepted.ts';

/** One curve of one training. */
export interface CurvePoint {
  readonly step: number;
  readonly name: string;
  readonly value: number;
}

export interface TrainingCurves {
  readonly candidate: string;
  readonly points: readonly CurvePoint[];
}

/** What agents were told and what they looked up. */
export interface AgentsReport {
  readonly agents: ReadonlyArray<{
    readonly assignment: string;
    readonly role: string;
    readonly candidate: string;
    readonly models: readonly string[];
    readonly turns: number;
    readonly prompt: { readonly system: string; readonly brief: string; readonly tools: string } | null;
  }>;
  readonly web: ReadonlyArray<{
    readonly assignment: string;
    readonly tool: string;
    readonly asked: string;
    readonly failed: boolean;
  }>;
}

export interface ReportInput {
  readonly run: string;
  /** Version of the program that writes it. */
  readonly modelwright: string;
  readonly log: readonly LogEntry[];
  readonly outcomes: readonly JobOutcome[];
  readonly curves: readonly TrainingCurves[];
  readonly used: AgentsReport;
}
