import { answeredCalls, defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { type CandidateConfig, type CandidateJob, candidateJob, configText } from '@modelwright/agent-host';
import type { z } from 'zod';
import { probeSeconds, SMOKE_SECONDS, trainingSeconds, wallSeconds } from '../core/training-seconds.ts';
import { startedTrials, trainStartArgs, USUAL_STOP_RULES } from '../core/trials.ts';
import type { TunerSeat } from '../tuner.ts';

type Asked = z.output<typeof trainStartArgs>;

/** @param base `config.json` as the coder left it. */
export function trainStart(seat: TunerSeat, base: CandidateConfig): Tool {
  const { assignment, work, cpus, jobs } = seat;
  return defineTool({
    name: 'train_start',
    description:
      'Starts a training of the candidate in the background, with the settings of config.json and your changes to them. Answers JSON: job, seconds (its time budget), left (trainings that may still be started), config (all settings of this training), unknown (your settings that config.json does not have: check that the code reads them). Every training counts, whatever becomes of it; probes are counted apart, two for each training.',
    args: trainStartArgs,
    run: async (asked, { jobId, transcript, at }) => {
      const started = startedTrials(answeredCalls(transcript));
      const trainings = started.filter(({ probe }) => probe === null).length;
      const probes = started.length - trainings;
      if (asked.probe === undefined && trainings >= work.trials) {
        return failed(`train_start: all ${work.trials} trainings have been started`);
      }
      if (asked.probe !== undefined && probes >= mostProbes(seat)) {
        return failed(`train_start: all ${mostProbes(seat)} probes have been started`);
      }
      const config = { ...base, ...asked.config };
      const seconds = secondsOf(seat, asked, (assignment.grant.deadline - at) / 1000);
      if (seconds === null) return failed('train_start: there is no time left for another training');
      await jobs.submit(
        candidateJob(assignment, cpus, {
          id: jobId,
          ...kindOf(asked),
          version: work.version,
          command: ['python', 'train.py'],
          data: work.data.datasets.train,
          overlay: { 'config.json': configText(config) },
          variables: variablesOf(asked, seconds),
          stopRules: [...(asked.stop_when ?? USUAL_STOP_RULES)],
          wallSeconds: wallSeconds(seconds),
        }),
      );
      const left = work.trials - trainings - (asked.probe === undefined ? 1 : 0);
      const unknown = Object.keys(asked.config).filter((name) => !(name in base));
      return succeeded(JSON.stringify({ job: jobId, seconds, left, config, unknown }));
    },
  });
}

function mostProbes({ work }: TunerSeat): number {
  return 2 * work.trials;
}

/** Null when there is no time left. */
function secondsOf({ work }: TunerSeat, { seconds, probe }: Asked, left: number): number | null {
  switch (probe) {
    case undefined:
      return trainingSeconds(seconds, work.secondsPerTrial, left);
    case 'short':
      return probeSeconds(seconds, work.secondsPerTrial, left);
    case 'smoke':
      return trainingSeconds(seconds, SMOKE_SECONDS, left);
  }
}

/** A rehearsal is short enough for the slot that runners keep for such. */
function kindOf({ probe }: Asked): Pick<CandidateJob, 'purpose' | 'priority'> {
  return probe === 'smoke'
    ? { purpose: 'smoke', priority: 'high' }
    : { purpose: 'train', priority: 'normal' };
}

function variablesOf({ probe }: Asked, seconds: number): Readonly<Record<string, string>> {
  const budget = { MW_TIME_BUDGET_SECONDS: String(seconds) };
  return probe === 'smoke' ? { ...budget, MW_SMOKE: '1' } : budget;
}
