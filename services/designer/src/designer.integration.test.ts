import { AgentBench, TestFarm } from '@modelwright/agent-host/testing';
import type { Assignment } from '@modelwright/contracts';
import { readBrief } from '@modelwright/llm';
import { ScriptedModel, samplePlan } from '@modelwright/llm/testing';
import { expect, it } from 'vitest';
import { designer } from './designer.ts';

const run = 'flowers-abc123-03';

it('a designer reads the brief and hands over its plans', async () => {
  await using farm = await TestFarm.start();
  await using bench = new AgentBench(farm, run);
  const model = new ScriptedModel([{ calls: [{ name: 'submit_plans', args: { plans: [samplePlan] } }] }]);
  bench.serve(designer, model);
  const data = await farm.preparedData();
  const assignment: Assignment = {
    id: `${run}_run_portfolio_1`,
    run,
    candidate: 'run',
    seed: 7,
    grant: { turns: 5, microUsd: 0, tokens: null, deadline: Date.now() + 60_000 },
    player: { kind: 'playbook', clumsy: false },
    work: {
      role: 'designer',
      action: 'portfolio',
      data,
      count: 3,
      parent: null,
      partner: null,
      guidance: null,
      insights: [],
      board: [],
    },
  };
  const { outcome } = await bench.actor.assign(assignment);
  expect(outcome).toEqual({ status: 'done', result: { role: 'designer', plans: [samplePlan] } });
  const request = model.requests[0];
  expect(request?.system).toContain('accuracy');
  expect(readBrief(request?.messages ?? [])).toMatchObject({
    role: 'designer',
    count: 3,
    card: { rows: 120 },
  });
});
