import { answeredCalls, defineTool, failed, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { type Training, usable } from '../core/training.ts';
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
      if (training === undefined || chosen === null) {
        return failed(`submit_training: ${job} is nothing to hand over: ${whyNot(training)}`);
      }
      await cancelRunning(seat, trainings);
      const result = await resultOf(seat, { chosen, trainings, reason, at });
      return { kind: 'final', content: `${job}: ${reason}`, result };
    },
  });
}

function whyNot(training: Training | undefined): string {
  if (training === undefined || training.state === 'running') return 'it still runs';
  if (training.probe === 'smoke') return 'it was a rehearsal on 100 rows; train in full';
  return `${training.end}, ${training.problem ?? 'and it left no whole model'}`;
}
