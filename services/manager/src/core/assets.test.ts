import type { Job } from '@modelwright/contracts';
import { expect, it } from 'vitest';
import { play } from './testing/play.ts';

const ASSETS: Job['assets'] = [
  { name: 'backbone', source: { kind: 'hub', repository: 'timm/tiny', revision: 'main', files: [] } },
];

it('the assets of a task are given to what trains, and to nothing that predicts', () => {
  const farm = play([0], { assets: ASSETS, derives: true });
  const jobs = farm.records.flatMap(({ body }) =>
    body.effects.flatMap((effect) => (effect.type === 'submit-job' ? [effect.job] : [])),
  );
  const given = (purpose: Job['purpose']) =>
    jobs.filter((job) => job.purpose === purpose).map((job) => job.assets);
  for (const purpose of ['refit', 'derive'] as const)
    expect(new Set(given(purpose))).toEqual(new Set([ASSETS]));
  for (const purpose of ['infer', 'verify'] as const) expect(given(purpose).flat()).toEqual([]);
  expect(given('infer').length).toBeGreaterThan(0);
});
