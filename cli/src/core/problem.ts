/** Faults a person can mend, and the error that carries them to the edge of the program. */
import { EXIT, type ExitCode } from './exit-code.ts';

/** What is wrong, where, and what to do next. `line` and `column` count from 1. */
export interface Problem {
  readonly message: string;
  readonly remedy: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Ends a command with an exit code and problems in words; never shown as a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];

  constructor(exitCode: ExitCode, problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map((problem) => problem.message).join('; '), options);
    this.exitCode = exitCode;
    this.problems = problems;
  }
}

export function badInput(problem: Problem, options?: ErrorOptions): Refusal {
  return new Refusal(EXIT.badInput, [problem], options);
}

export function unavailable(problem: Problem, options?: ErrorOptions): Refusal {
  return new Refusal(EXIT.unavailable, [problem], options);
}

/** `file:line:column: message` and, indented below it, the remedy. */
export function problemLines(problem: Problem): string[] {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const head = place === '' ? problem.message : `${place}: ${problem.message}`;
  return [head, ...problem.remedy.split('\n').map((line) => `  ${line}`)];
}
