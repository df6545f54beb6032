/** What every command is given. */
import type { Command } from 'commander';
import type { Toolchain } from '../adapters/toolchain.ts';
import type { Config } from '../config.ts';
import type { Output } from '../core/output.ts';

export interface Context {
  readonly config: Config;
  readonly toolchain: Toolchain;
  output(options: { json?: boolean | undefined }): Output;
}

/** Of `--config`, wherever it is taken. */
export const CONFIG_HELP =
  "models, and who plays what (default: ./modelwright.yaml, else the state folder's)";

/** A command and what it does, with examples that can be typed as they stand. */
export function withExamples(
  command: Command,
  ...examples: ReadonlyArray<readonly [string, string]>
): Command {
  const width = Math.max(...examples.map(([typed]) => typed.length));
  const lines = examples.map(([typed, meaning]) => `  $ ${typed.padEnd(width)}   ${meaning}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
