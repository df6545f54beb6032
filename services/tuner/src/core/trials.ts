/** The trainings an agent has started, as its transcript tells. */
import type { Trial } from '@modelwright/contracts';
import { z } from 'zod';

export const trainStartArgs = z.object({
  config: z.record(z.string(), z.json()).describe('the whole config.json of this training'),
  seconds: z.number().positive().optional().describe('time budget; by default all that a training may take'),
});

/** What `train_start` answers. */
export const startedJob = z.object({ job: z.string() });

export interface StartedTrial {
  readonly job: string;
  readonly config: Trial['config'];
}

/** An earlier call, as the transcript tells it. */
interface Called {
  readonly name: string;
  readonly arguments: string;
  readonly content: string;
  readonly failed: boolean;
}

/** In the order of their start. */
export function startedTrials(calls: readonly Called[]): StartedTrial[] {
  return calls.flatMap(({ name, arguments: args, content, failed }) => {
    if (name !== 'train_start' || failed) return [];
    const { config } = trainStartArgs.parse(JSON.parse(args));
    return [{ job: startedJob.parse(JSON.parse(content)).job, config }];
  });
}
