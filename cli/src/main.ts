/** `modelwright`: the story of a command, from its arguments to its exit code. */
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { explain } from './adapters/explain.ts';
import { endQuietlyOnClosedPipe, Terminal } from './adapters/terminal.ts';
import { machine } from './adapters/toolchain.ts';
import type { Context } from './commands/context.ts';
import { readConfig } from './config.ts';
import { EXIT, type ExitCode } from './core/exit-code.ts';
import { createProgram } from './program.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

endQuietlyOnClosedPipe();
process.exitCode = EXIT.ok;
try {
  await createProgram(contextOf()).parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? exitCodeOf(error) : tell(error);
}

function contextOf(): Context {
  const config = readConfig(process.env, process.cwd(), ROOT);
  return { config, toolchain: machine, output: ({ json }) => new Terminal({ json: json === true }) };
}

/** Commander has already said what it had to say. */
function exitCodeOf(error: CommanderError): ExitCode {
  return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
}

/** A stack is shown to those who ask for it. */
function tell(error: unknown): ExitCode {
  const { exitCode, problems } = explain(error);
  new Terminal({ json: false }).problems(problems);
  if (process.argv.includes('--verbose')) console.error(error);
  return exitCode;
}
