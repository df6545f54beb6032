import { answeredCalls, defineTool, failed, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { usable } from '../core/training.ts';
import { startedTrials } from '../core/trials.ts';
import { cancelRunning, resultOf } from '../hand-over.ts';
import { lookAtAll } from '../look-at.ts';
import type { TunerSeat } from '../tuner.ts';

export function submitTraining(seat: TunerSeat): Tool {
  return defineTool({
    name: 'submit_training',
    ends: true,
    description:
      'Hands over the model of one training and ends the assignment; trainings that still run are stopped.',
    args: z.object({
      job: z.string().describe('the training whose model is handed over'),
      reason: z.string().min(1).describe('why this one, in numbers'),
    }),
    run: async ({ job, reason }, { transcript, at }) => {
      const started = startedTrials(answeredCalls(transcript));
      if (!started.some((trial) => trial.job === job)) {
        return failed(`submit_training: not started by you: ${job}`);
      }
      const trainings = await lookAtAll(seat, started);
      const training = trainings.find((one) => one.job === job);
      const chosen = training === undefined ? null : usable(training);
      if (chosen === null) {
        const why =
          training?.state === 'ended'
            ? `${training.end}: ${training.problem ?? 'it left no whole model'}`
            : 'it still runs';
        return failed(`submit_training: ${job} left no model with an out-of-fold score (${why})`);
      }
      await cancelRunning(seat, trainings);
      const result = await resultOf(seat, { chosen, trainings, reason, at });
      return { kind: 'final', content: `${job}: ${reason}`, result };
    },
  });
}
