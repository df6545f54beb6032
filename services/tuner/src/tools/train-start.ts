import { answeredCalls, defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { candidateJob, configText } from '@modelwright/agent-host';
import { trainingSeconds, wallSeconds } from '../core/training-seconds.ts';
import { startedTrials, trainStartArgs } from '../core/trials.ts';
import type { TunerSeat } from '../tuner.ts';

export function trainStart(seat: TunerSeat): Tool {
  const { assignment, work, cpus, jobs } = seat;
  return defineTool({
    name: 'train_start',
    description:
      'Starts a training of the candidate with this configuration, in the background. Answers JSON: {"job": id}. Every start counts as a trial, whatever becomes of it.',
    args: trainStartArgs,
    run: async ({ config, seconds: asked }, { jobId, transcript, at }) => {
      const started = startedTrials(answeredCalls(transcript));
      if (started.length >= work.trials) {
        return failed(`train_start: all ${work.trials} trainings have been started`);
      }
      const seconds = trainingSeconds(asked, work.secondsPerTrial, (assignment.grant.deadline - at) / 1000);
      if (seconds === null) return failed('train_start: there is no time left for another training');
      const job = candidateJob(assignment, cpus, {
        id: jobId,
        purpose: 'train',
        priority: 'normal',
        version: work.version,
        command: ['python', 'train.py'],
        data: work.data.datasets.train,
        overlay: { 'config.json': configText(config) },
        variables: { MW_TIME_BUDGET_SECONDS: String(seconds) },
        wallSeconds: wallSeconds(seconds),
      });
      await jobs.submit(job);
      return succeeded(JSON.stringify({ job: jobId }));
    },
  });
}
