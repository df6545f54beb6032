/** Data made once from the training data, by a script of the candidate, for its trainings and for whoever asks for the same. */
import { type Call, defineTool, failed, succeeded, type Tool, type ToolOutcome } from '@modelwright/agent';
import { secondsFor, waitFor } from '@modelwright/agent-host';
import type { JobOutcome, TreeRef } from '@modelwright/contracts';
import { z } from 'zod';
import type { CoderSeat } from '../coder.ts';
import { DERIVE_SCRIPT } from '../core/derivation.ts';
import { derivationOf, lookFor } from '../derivations.ts';

const DEFAULT_SECONDS = 300;
const MOST_LISTED = 20;
const MOST_STDERR = 4000;

const args = z.object({
  seconds: z
    .number()
    .positive()
    .max(7200)
    .optional()
    .describe(`the script is ended after that; ${DEFAULT_SECONDS} by default`),
});

export function deriveData(seat: CoderSeat): Tool {
  const now = ({ seconds }: z.output<typeof args>, call: Call) => settle(seat, seconds, call);
  return defineTool({
    name: 'derive_data',
    description:
      `Runs ${DERIVE_SCRIPT} as a job, on the training data at $MW_DATA and in the candidate's environment, with nothing else of the candidate but the kit mw. ` +
      'What it leaves in $MW_OUT lies at $MW_INPUTS/derived (mw.inputs / "derived") from then on, in run_shell, check_candidate and all trainings; never in inference. ' +
      'The same script on the same data is run once in a run, whoever asks. Run it again after a change of the script or of the environment.',
    args,
    run: now,
    resume: now,
  });
}

async function settle(seat: CoderSeat, asked: number | undefined, call: Call): Promise<ToolOutcome> {
  const wanted = await derivationOf(seat);
  if (wanted === null) return failed(`derive_data: the candidate has no ${DERIVE_SCRIPT}: write it first`);
  const seconds = secondsFor(asked ?? DEFAULT_SECONDS, seat.assignment, call);
  if (seconds === null) return failed('derive_data: there is no time left for it');
  const found = await lookFor(seat, wanted, seconds);
  if (found.kind === 'to-be-made') {
    await seat.jobs.submit(found.job);
    return waitFor(found.job.id);
  }
  const { outcome } = found;
  if (outcome.end !== 'finished' || outcome.output === null)
    return failed(`derive_data: ${explained(outcome)}`);
  seat.tree.trainWith(outcome.output);
  return succeeded(await described(seat, outcome, outcome.output));
}

function explained({ end, reason, stderrTail, output }: JobOutcome): string {
  if (end === 'finished' && output === null) return `${DERIVE_SCRIPT} left nothing in $MW_OUT`;
  return `${end}: ${reason}${stderrTail === '' ? '' : `\n${stderrTail.slice(-MOST_STDERR)}`}`;
}

async function described(
  { store }: CoderSeat,
  { job, wallSeconds }: JobOutcome,
  tree: TreeRef,
): Promise<string> {
  const { files } = await store.readManifest(tree);
  const shown = files.slice(0, MOST_LISTED).map(({ path, size }) => `${path} (${size} bytes)`);
  const more = files.length > shown.length ? [`and ${files.length - shown.length} more`] : [];
  return `Derived in ${wallSeconds.toFixed(1)} s (job ${job}): ${[...shown, ...more].join(', ')}. It lies at $MW_INPUTS/derived from now on.`;
}
