/** A coder on a test farm, and what its tests ask. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentBench, type TestFarm } from '@modelwright/agent-host/testing';
import {
  type Assignment,
  type AssignmentFinished,
  type TurnRecord,
  turnRecord,
  turnSubject,
  type Version,
} from '@modelwright/contracts';
import type { ModelRequest } from '@modelwright/llm';
import { ScriptedModel, type ScriptLine, samplePlan } from '@modelwright/llm/testing';
import { checkoutBundle } from '@modelwright/workspace';
import { type CoderWork, coder } from '../coder.ts';

const RUN = 'flowers-abc123-03';

export class CoderBench extends AgentBench {
  readonly farm: TestFarm;

  constructor(farm: TestFarm) {
    super(farm, RUN);
    this.farm = farm;
  }

  code(script: readonly ScriptLine[], name?: string): ScriptedModel {
    const model = new ScriptedModel(script);
    this.serve(coder, model, name);
    return model;
  }

  async assignment(changes: Partial<CoderWork> = {}): Promise<Assignment> {
    return {
      id: `${RUN}_c1_implement_${crypto.randomUUID()}`,
      run: RUN,
      candidate: 'c1',
      seed: 7,
      grant: { turns: 30, microUsd: 0, tokens: null, deadline: Date.now() + 60_000 },
      player: { kind: 'playbook', clumsy: false },
      work: {
        role: 'coder',
        action: 'implement',
        data: await this.farm.preparedData(),
        plan: samplePlan,
        base: null,
        feedback: null,
        insights: [],
        ...changes,
      },
    };
  }

  /** Reads files of a version. */
  async checkout(version: Pick<Version, 'commit' | 'bundle'>): Promise<(path: string) => Promise<string>> {
    const place = join(this.farm.folder.path, `out-${crypto.randomUUID()}`);
    await this.farm.bus.store.getFile(version.bundle, `${place}.bundle`);
    await checkoutBundle(`${place}.bundle`, version.commit, place);
    return (path) => readFile(join(place, path), 'utf8');
  }

  async transcript(id: string): Promise<TurnRecord[]> {
    const stored = await this.farm.bus.streams.read('TURNS', turnSubject(RUN, id), turnRecord);
    return stored.map(({ body }) => body);
  }

  /** What the kit's check leaves when it passed, and when it did not. */
  async checked(problem: string | null) {
    const problems = problem === null ? [] : [{ where: 'train.py', message: problem }];
    const report = { passed: problem === null, seconds: 0.8, problems };
    const output = await this.farm.tree({ 'check.json': JSON.stringify(report) });
    if (problem === null) return { output };
    const failed = { end: 'failed', exitCode: 1, reason: 'exit code 1' } as const;
    return { output, ...failed, stderrTail: `Traceback\n${problem}` };
  }
}

export const call = (name: string, args: object = {}) => ({ calls: [{ name, args }] });
export const write = (path: string, content: string) => call('write_file', { path, content });
export const submit = call('submit_version', { summary: 'A linear model.' });

/** What tools have answered so far, as a request tells it. */
export function toldIn(request: ModelRequest | undefined) {
  return (request?.messages ?? []).filter((message) => message.role === 'tool');
}

export function resultOf({ outcome }: AssignmentFinished) {
  if (outcome.status !== 'done' || outcome.result.role !== 'coder') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

export function failureOf({ outcome }: AssignmentFinished) {
  return outcome.status === 'failed' ? outcome.failure : null;
}
