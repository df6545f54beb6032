import type { HarnessProblem } from './problem.ts';

/** Bad input is an outcome: it belongs to whoever wrote the input. Only a fault of the harness is thrown. */
export type HarnessOutcome<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | {
      readonly kind: 'bad-input';
      readonly problems: readonly HarnessProblem[];
      readonly warnings: readonly HarnessProblem[];
    };

/** The harness itself failed: it ended strangely, took too long, or answered what is no answer. */
export class HarnessCrash extends Error {
  override readonly name = 'HarnessCrash';
  readonly command: string;
  /** The end of what the process wrote to its standard error. */
  readonly stderrTail: string;

  constructor(reason: string, options: ErrorOptions & { command: string; stderrTail: string }) {
    const said = options.stderrTail.trim().split('\n').at(-1) ?? '';
    super(`harness ${options.command}: ${reason}${said === '' ? '' : `: ${said}`}`, options);
    this.command = options.command;
    this.stderrTail = options.stderrTail;
  }
}
