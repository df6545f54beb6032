/** What a run knows of the farm's accelerators, and what it does with it. */
import { expect, it } from 'vitest';
import { type JobOrder, submit } from './submit.ts';
import { play } from './testing/play.ts';
import { data, RUN, tree, version } from './testing/samples.ts';
import type { SimulatedFarm } from './testing/simulated-farm.ts';

const H100 = { model: 'H100', memoryBytes: 80 * 2 ** 30, count: 8 };

function ticked(farm: SimulatedFarm, accelerators?: (typeof H100)[]): void {
  const rest = accelerators === undefined ? {} : { accelerators };
  farm.inject({ type: 'tick', run: RUN, now: farm.now, slots: 2, ...rest });
}

it('whoever is assigned work is told what trainings may count on, once the farm was counted', () => {
  const farm = play([0], {}, undefined, (played) => ticked(played, [H100]));
  const told = [...farm.assigned.values()].filter((one) => one.work.role !== 'setup');
  expect(told.length).toBeGreaterThan(0);
  for (const one of told) expect(one.hardware).toEqual({ accelerators: [H100] });
});

it('a count that changed nothing leaves no record, and a manager of before says nothing of accelerators', () => {
  const farm = play([0], {}, undefined, (played) => ticked(played));
  expect(farm.events.filter((event) => event.type === 'slots-counted')).toEqual([]);
  for (const one of farm.assigned.values()) expect(one.hardware).toBeUndefined();
});

it('a refit has the accelerators that its trainings had', () => {
  const farm = play([0], {}, undefined, (played) => ticked(played, [H100]));
  const { state } = farm.log;
  if (state.stage === 'unborn') throw new Error('it was never begun');
  const run = {
    ...{ stage: 'open', submitted: state.submitted, accelerators: [H100] },
    phase: { name: 'searching', data: data() },
  } as unknown as Parameters<typeof submit>[0];
  const { commit, bundle } = version('c1');
  const order: JobOrder = {
    ...{ id: 'j', candidate: 'c1', command: ['python', 'train.py'], reason: 'refit' },
    purpose: 'refit',
    code: { kind: 'version', commit, bundle },
    data: tree('all'),
  };
  const [effect] = submit(run, { ...order, accelerators: 2 }, 0).effects;
  expect(effect).toMatchObject({ job: { class: 'gpu', accelerators: { count: 2 } } });
  const [without] = submit(run, order, 0).effects;
  expect(without).toMatchObject({ job: { class: 'cpu', accelerators: null } });
});
