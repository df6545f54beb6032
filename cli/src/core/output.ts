/** The port to whoever reads what a command says. */
import type { Problem } from './problem.ts';

export type OutputMode = 'plain' | 'live' | 'json';

export interface Output {
  /** Plain lines; a live block in a terminal; with `--json` records alone on standard output. */
  readonly mode: OutputMode;
  /** Columns of the terminal. */
  readonly width: number;
  /** What was asked for, for people. */
  say(...lines: readonly string[]): void;
  /** Progress: never on standard output. */
  note(...lines: readonly string[]): void;
  warn(...lines: readonly string[]): void;
  problems(problems: readonly Problem[]): void;
  warnings(warnings: readonly Problem[]): void;
  /** For programs: only with `--json`. */
  record(value: unknown): void;
  /** Replaces the live block; nothing where there is none. */
  block(lines: readonly string[]): void;
  /** Takes the live block away for good. */
  endBlock(): void;
}
