/** Stores what a program left, sends the rest of what it said, and writes down the outcome. */
import { readdir } from 'node:fs/promises';
import { PermanentFailure } from '@modelwright/bus';
import type { JobOutcome } from '@modelwright/contracts';
import { outputTail } from '@modelwright/sandbox';
import { OutputSender } from '../../adapters/bus/output-sender.ts';
import type { AttemptFolder } from '../../adapters/disk/attempt-folder.ts';
import { outcomeOf } from '../../core/ending.ts';
import type { Ending, JobEvent } from '../../core/job-state.ts';
import { carriedOut } from '../../core/stop-order.ts';
import type { JobContext } from '../job-context.ts';

const TAIL_CHARACTERS = 8000;
const MOST_FILES = 20_000;

export async function collect(context: JobContext, number: number, seen: Ending): Promise<JobEvent> {
  const attempt = context.folder.attempt(number);
  const unsent = await new OutputSender(context, attempt).sendRest();
  const { output, remarks } = await storeOutput(context, attempt);
  const provided = await attempt.provided();
  const words = {
    stdoutTail: await outputTail(attempt.path, 'stdout', TAIL_CHARACTERS),
    stderrTail: await outputTail(attempt.path, 'stderr', TAIL_CHARACTERS),
  };
  const ending = await context.care.judge(context.job.id, seen, words);
  const order = carriedOut(ending, await attempt.stopOrder());
  const by = { attempt: number, runner: context.me.runner };
  const outcome = outcomeOf(context.job, by, ending, {
    output,
    remarks: [...remarks, ...unsent],
    ...words,
    stopRule: order?.kind === 'stop-rule' ? order.reason : null,
    use: await context.care.use(attempt.path, ending),
    assets: provided?.assets ?? [],
    environment: provided?.environmentKey ?? null,
  });
  return { type: 'collected', outcome };
}

async function storeOutput(
  { job, store }: JobContext,
  attempt: AttemptFolder,
): Promise<{ output: JobOutcome['output']; remarks: string[] }> {
  const out = attempt.place('out');
  const entries = await readdir(out).catch(() => []); // there is none when nothing was started
  if (entries.every((name) => name === 'checkpoint')) return { output: null, remarks: [] };
  try {
    const { skipped, ...output } = await store.putTree('artifacts', out, {
      exclude: (path) => path === 'checkpoint',
      maxBytes: job.limits.diskBytes,
      maxFiles: MOST_FILES,
      skipUnsafe: true,
    });
    return {
      output,
      remarks: skipped === 0 ? [] : [`${skipped} entries of its output were neither file nor folder`],
    };
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return { output: null, remarks: [`its output could not be stored: ${error.message}`] };
  }
}
