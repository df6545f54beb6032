/** `modelwright verify`: whether delivered files are still what was delivered. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Toolchain } from '../adapters/toolchain.ts';
import { verifyResults } from '../adapters/verify-results.ts';
import { EXIT } from '../core/exit-code.ts';
import { Refusal } from '../core/problem.ts';
import { isSound, isUnchanged } from '../core/verification.ts';
import { submissionLines, verificationLines } from '../core/verification-text.ts';
import { type Context, withExamples } from './context.ts';

export function verifyCommand(context: Context): Command {
  const command = new Command('verify')
    .summary('check delivered files against their statement of provenance')
    .description(
      'Compares the files in a folder of results with the sha256 digests in its provenance.json. It needs neither ' +
        'services nor network. Says whether submission.csv has the ids, columns and answers that were asked for, where ' +
        'the harness is set up. Runs nothing that was delivered. The statement is not signed: it finds damage and mistakes, not somebody who rewrites ' +
        'both (docs/reports.md).',
    )
    .argument('<folder>', 'folder that modelwright run or modelwright results has written')
    .option('--json', 'one JSON object on standard output')
    .action(async (folder: string, options: { json?: true }) => {
      const output = context.output(options);
      const python = pythonIfAny(context.toolchain);
      const verification = await verifyResults(resolve(context.config.cwd, folder), python);
      output.record({ type: 'verification', unchanged: isUnchanged(verification), ...verification });
      output.say(...verificationLines(verification), ...submissionLines(verification.submission));
      process.exitCode = isSound(verification) ? EXIT.ok : EXIT.failed;
    });
  return withExamples(command, ['modelwright verify results/digits-k3f9x2-07', 'after a copy or a download']);
}

/** Digests need none; without it the form of the submission stays unchecked, and that is said. */
function pythonIfAny(toolchain: Toolchain): string | null {
  try {
    return toolchain.findPython();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
