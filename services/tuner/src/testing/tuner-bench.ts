/** A tuner on a test farm whose trainings leave the score that their configuration names. */

import { type OofScores, versionFileReader } from '@modelwright/agent-host';
import { AgentBench, type JobScript, type TestFarm } from '@modelwright/agent-host/testing';
import {
  type Assignment,
  type AssignmentFinished,
  type Job,
  metricsReported,
  telemetrySubject,
  type Version,
} from '@modelwright/contracts';
import type { ModelRequest } from '@modelwright/llm';
import { ScriptedModel, type ScriptLine, samplePlan } from '@modelwright/llm/testing';
import { z } from 'zod';
import { type TunerWork, tuner } from '../tuner.ts';

const RUN = 'flowers-abc123-03';
const config = z.object({ score: z.number() });

export class TunerBench extends AgentBench {
  readonly farm: TestFarm;

  constructor(farm: TestFarm) {
    super(farm, RUN);
    this.farm = farm;
  }

  tune(script: readonly ScriptLine[], name?: string): ScriptedModel {
    const model = new ScriptedModel(script);
    this.serve(tuner(scoresByName(this.farm)), model, name);
    return model;
  }

  async assignment(changes: Partial<TunerWork> = {}): Promise<Assignment> {
    return {
      id: `${RUN}_c1_tune_${crypto.randomUUID()}`,
      run: RUN,
      candidate: 'c1',
      seed: 7,
      grant: { turns: 60, microUsd: 0, tokens: null, deadline: Date.now() + 120_000 },
      player: { kind: 'playbook', clumsy: false },
      work: {
        role: 'tuner',
        action: 'tune',
        data: await this.farm.preparedData(),
        plan: samplePlan,
        version: await this.farm.version({ 'config.json': '{"score": 0.1}', 'train.py': 'pass\n' }),
        trials: 3,
        secondsPerTrial: 30,
        guidance: null,
        insights: [],
        ...changes,
      },
    };
  }

  async configOf(version: Version): Promise<unknown> {
    const text = await versionFileReader('config.json')(this.farm.bus.store, version);
    return JSON.parse(text ?? 'null');
  }

  /** What a program reports while it trains. */
  async reports(job: Job, points: ReadonlyArray<{ name: string; step: number; value: number }>) {
    await this.farm.bus.streams.publish({
      definition: metricsReported,
      subject: telemetrySubject(job.run, job.id, 1, 'metric'),
      body: { job: job.id, attempt: 1, first: 0, points: points.map((point) => ({ ...point, time: 0 })) },
      messageId: `metric:${job.id}:1:0`,
      run: job.run,
    });
  }

  /** A training that leaves a model and the score named in its configuration. */
  readonly trains: JobScript = async (job: Job) => {
    const { score } = config.parse(JSON.parse(job.overlay['config.json'] ?? ''));
    return { output: await this.farm.tree({ 'model/weights': 'w', 'oof.csv': String(score) }) };
  };
}

/** Stands for the harness: the score is what stands in `oof.csv`. */
function scoresByName({ bus }: TestFarm): OofScores {
  return {
    of: async (_data, output) => {
      const bytes = await bus.store.getTreeFile(output, 'oof.csv');
      if (bytes === null) return { score: null, folds: [], diagnosis: null, problem: 'it left no oof.csv' };
      const value = Number(new TextDecoder().decode(bytes));
      const interval: [number, number] = [value - 0.02, value + 0.02];
      const score = { value, standardError: 0.01, interval, rows: 120 };
      return { score, folds: [value, value], diagnosis: { slices: [] }, problem: null };
    },
  };
}

export const call = (name: string, args: object = {}) => ({ calls: [{ name, args }] });
export const start = (score: number) => call('train_start', { config: { score } });

/** What tools have answered so far, as a request tells it. */
export function toldIn(request: ModelRequest | undefined) {
  return (request?.messages ?? []).filter((message) => message.role === 'tool');
}

export function resultOf({ outcome }: AssignmentFinished) {
  if (outcome.status !== 'done' || outcome.result.role !== 'tuner') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}
