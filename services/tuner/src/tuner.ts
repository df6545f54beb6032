/** The role: what a tuner is told, what it can do, and what it leaves when its time is up. */
import {
  type CandidateRole,
  type CandidateSeat,
  dataProfile,
  hardwareOf,
  listFiles,
  note,
  type OofScores,
  parseConfig,
  promptIn,
  type ReadVersionFile,
  readFile,
  readOutput,
  search,
  versionFileReader,
} from '@modelwright/agent-host';
import { PermanentFailure } from '@modelwright/bus';
import { tunerWork } from '@modelwright/contracts';
import type { TunerBrief } from '@modelwright/llm';
import type { z } from 'zod';
import { handOverBest } from './hand-over.ts';
import { readConfig } from './tools/read-config.ts';
import { submitTraining } from './tools/submit-training.ts';
import { trainStart } from './tools/train-start.ts';
import { trainStop } from './tools/train-stop.ts';
import { trainWait } from './tools/train-wait.ts';

export type TunerWork = z.infer<typeof tunerWork>;
export interface TunerSeat extends CandidateSeat<TunerWork> {
  readonly scores: OofScores;
}

export function tuner(scores: OofScores): CandidateRole<TunerWork> {
  const readConfigOf = versionFileReader('config.json');
  return {
    role: 'tuner',
    work: tunerWork,
    prompt: promptIn(new URL('./prompts/tuner.md', import.meta.url)),
    files: 'candidate',
    begins: ({ version }) => ({ kind: 'version', version }),
    compose: async (given) => {
      const seat = { ...given, scores };
      const brief = await briefOf(seat, readConfigOf);
      return {
        brief,
        tools: [
          listFiles(seat.tree),
          readFile(seat.tree),
          search(seat.tree),
          readConfig(seat.tree),
          dataProfile(seat),
          trainStart(seat, brief.config),
          trainWait(seat),
          trainStop(seat),
          readOutput(seat),
          note(),
          submitTraining(seat),
        ],
        handOver: (transcript) => handOverBest(seat, transcript),
      };
    },
  };
}

async function briefOf(seat: TunerSeat, readConfigOf: ReadVersionFile): Promise<TunerBrief> {
  const { assignment, work, card, cpus, store } = seat;
  const config = parseConfig((await readConfigOf(store, work.version)) ?? '{}');
  if (config === null)
    throw new PermanentFailure('bad-config', 'config.json of the candidate is not a JSON object');
  return {
    task: work.data.task,
    card,
    hardware: hardwareOf(assignment, cpus),
    role: 'tuner',
    action: work.action,
    seed: assignment.seed,
    candidate: assignment.candidate,
    plan: work.plan,
    trials: work.trials,
    secondsPerTrial: work.secondsPerTrial,
    config,
    guidance: work.guidance,
    insights: work.insights,
    findings: work.findings,
  };
}
