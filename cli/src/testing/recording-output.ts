/** An output that keeps what it is told. */
import type { Output, OutputMode } from '../core/output.ts';
import { type Problem, problemLines } from '../core/problem.ts';

export class RecordingOutput implements Output {
  readonly mode: OutputMode;
  readonly width = 120;
  readonly said: string[] = [];
  readonly noted: string[] = [];
  readonly records: unknown[] = [];

  constructor(mode: OutputMode = 'plain') {
    this.mode = mode;
  }

  say(...lines: readonly string[]): void {
    this.said.push(...lines);
  }

  note(...lines: readonly string[]): void {
    this.noted.push(...lines);
  }

  warn(...lines: readonly string[]): void {
    this.noted.push(...lines);
  }

  problems(problems: readonly Problem[]): void {
    this.noted.push(...problems.flatMap(problemLines));
  }

  warnings(warnings: readonly Problem[]): void {
    this.problems(warnings);
  }

  record(value: unknown): void {
    if (this.mode === 'json') this.records.push(value);
  }

  block(): void {
    // Only plain and JSON output is recorded.
  }

  endBlock(): void {
    // Only plain and JSON output is recorded.
  }
}
