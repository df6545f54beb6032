/**
 * What a command writes, and where.
 *
 * Plain lines when standard output is not a terminal; one live block when it is; with `--json` records as NDJSON on
 * standard output and every message on standard error. A reader that went away (`| head -1`) ends the command quietly.
 */
import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { EXIT } from '../core/exit-code.ts';
import { jsonText } from '../core/json-text.ts';
import type { Output, OutputMode } from '../core/output.ts';
import { type Problem, problemLines } from '../core/problem.ts';

type Style = Parameters<typeof styleText>[0];

export class Terminal implements Output {
  readonly mode: OutputMode;
  readonly #live: ReturnType<typeof createLogUpdate> | null;
  #block: readonly string[] = [];

  constructor(options: { json: boolean }) {
    this.mode = options.json ? 'json' : isLive() ? 'live' : 'plain';
    this.#live = this.mode === 'live' ? createLogUpdate(process.stdout, { showCursor: true }) : null;
  }

  say(...lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\n`).join('');
    if (this.mode === 'json') {
      process.stderr.write(text);
      return;
    }
    this.#live?.clear();
    process.stdout.write(text);
    this.#redraw();
  }

  note(...lines: readonly string[]): void {
    this.#live?.clear();
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
    this.#redraw();
  }

  warn(...lines: readonly string[]): void {
    this.note(...lines.map((line) => styled('yellow', line)));
  }

  problems(problems: readonly Problem[]): void {
    for (const problem of problems) this.#told(styled('red', 'error'), problem);
  }

  warnings(warnings: readonly Problem[]): void {
    for (const warning of warnings) this.#told(styled('yellow', 'warning'), warning);
  }

  record(value: unknown): void {
    if (this.mode === 'json') process.stdout.write(`${jsonText(value)}\n`);
  }

  block(lines: readonly string[]): void {
    this.#block = lines;
    this.#redraw();
  }

  endBlock(): void {
    this.#block = [];
    this.#live?.clear();
    this.#live?.done();
  }

  get width(): number {
    return process.stdout.columns ?? 100;
  }

  #told(what: string, problem: Problem): void {
    const [head = '', ...remedy] = problemLines(problem);
    this.note(`${what}: ${head}`, ...remedy);
  }

  #redraw(): void {
    if (this.#live !== null && this.#block.length > 0) this.#live(this.#block.join('\n'));
  }
}

/** A terminal that can move its cursor. */
function isLive(): boolean {
  return process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
}

/** Styled only where standard error is a terminal and neither NO_COLOR nor TERM=dumb asks for none. */
function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stderr });
}

/** A pipe whose reader has gone is no error: there is nobody left to tell. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.ok);
      throw error;
    });
  }
}
