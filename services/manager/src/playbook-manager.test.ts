/** The playbook reads the board as the run actor writes it: two texts that must not part. */
import { managerAction } from '@modelwright/contracts';
import { type ManagerBrief, renderBrief } from '@modelwright/llm';
import { sampleTask } from '@modelwright/llm/testing';
import { createPlaybook } from '@modelwright/playbook';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Candidate } from './core/candidate.ts';
import { managerBoard } from './core/manager-board.ts';
import type { OpenRun } from './core/run-state.ts';
import { playedByModels } from './core/testing/paid-work.ts';
import { plan, scoreOf, trained, tree, version } from './core/testing/samples.ts';
import { SimulatedFarm } from './core/testing/simulated-farm.ts';

const decision = z.object({ actions: z.array(managerAction), reason: z.string() });

function searching(): OpenRun {
  const farm = new SimulatedFarm({ silent: ['portfolio', 'floor'] });
  farm.submit(playedByModels({ candidates: 9 }));
  while (farm.pending > 0) farm.deliver(0);
  if (farm.log.state.stage !== 'open') throw new Error('the run is not open');
  return farm.log.state;
}

const RUN = searching();
const named = (id: string) => ({
  ...{ id, parent: null, partner: null, guidance: null, repairs: 0 },
  plan: plan(`Plan of ${id}`),
});

function scored(
  id: string,
  value: number,
  from: Pick<Candidate, 'parent' | 'partner'> = named(id),
): Candidate {
  return {
    ...named(id),
    ...{ parent: from.parent, partner: from.partner },
    ...{ stage: 'scored', trained: trained(id), trials: [], predictions: tree(id), test: null },
    ...{ score: { ...scoreOf(id), value }, diagnosis: null },
  };
}

/** The playbook's decision on a board of these candidates. */
async function decidedOn(candidates: readonly Candidate[]) {
  const byId = Object.fromEntries(candidates.map((one) => [one.id, one]));
  const board = managerBoard(
    { ...RUN, candidates: byId, recent: ['c1 | was planned'] },
    RUN.startedAt + 60_000,
  );
  const brief: ManagerBrief = {
    ...{ role: 'manager', action: 'decide', task: sampleTask, card: {}, hardware: { cpus: 1 } },
    ...{ seed: 1, candidate: 'run', board, room: 3, insights: [] },
  };
  const looked = { id: 'call-1', name: 'read_diagnosis', arguments: '{}' };
  const request = {
    system: '',
    messages: [
      { role: 'user', text: renderBrief(brief) },
      { role: 'assistant', text: '', calls: [looked], opaque: null, model: 'playbook' },
      { role: 'tool', callId: 'call-1', content: '{}', failed: false },
    ],
    tools: [],
    seed: 1,
    cacheKey: 'test',
  } as const;
  const { calls } = await createPlaybook({ clumsy: false }).complete(request, new AbortController().signal);
  return decision.parse(JSON.parse(calls[0]?.arguments ?? ''));
}

it('it waits for a candidate that is under way', async () => {
  const tuning: Candidate = { ...named('c2'), stage: 'tuning', version: version('c2') };
  expect(await decidedOn([scored('c1', 0.9), tuning])).toMatchObject({
    actions: [],
    reason: expect.stringContaining('c2'),
  });
});

it('it builds on the best, and on the best two, by their ids', async () => {
  const { actions } = await decidedOn([scored('c1', 0.7), scored('c2', 0.8), scored('c3', 0.9)]);
  expect(actions).toMatchObject([
    { kind: 'revise', candidate: 'c3' },
    { kind: 'combine', candidate: 'c3', partner: 'c2' },
  ]);
});

it('it sees whom a candidate came from', async () => {
  const { actions } = await decidedOn([
    scored('c3', 0.8),
    scored('c4', 0.9),
    scored('c5', 0.7, { parent: 'c4', partner: null }),
    scored('c6', 0.6, { parent: 'c4', partner: 'c3' }),
  ]);
  expect(actions).toMatchObject([{ kind: 'stop' }]);
});
