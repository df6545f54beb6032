import { describe, expect, it } from 'vitest';
import type { SimulatedFarm } from './testing/simulated-farm.ts';
import { TimedFarm, type TimedOptions } from './testing/timed-farm.ts';

/** Mulberry32: draws between 0 and 1, the same for the same seed. */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Box and Muller. */
function normalFrom(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

function optionsOf(seed: number): TimedOptions {
  const uniform = uniformFrom(seed);
  const minutes = 6 + 54 * uniform();
  return {
    uniform,
    normal: normalFrom(uniform),
    minutes,
    trainingSeconds: minutes * 60 * (0.01 + 0.24 * uniform()),
    finishAfter: uniform() < 0.5 ? null : minutes * 60 * uniform(),
  };
}

interface Outcome {
  readonly scored: boolean;
  readonly verified: boolean;
  /** Seconds after the deadline; negative before it. */
  readonly late: number;
  readonly refitted: boolean;
}

function outcomeOf({ events }: SimulatedFarm): Outcome {
  const started = events.find((event) => event.type === 'run-started');
  const ended = events.find((event) => event.type === 'run-ended');
  const model = events.findLast((event) => event.type === 'model-chosen');
  const verified = events.some((event) => event.type === 'deliverable-verified' && event.agree);
  return {
    scored: events.some((event) => event.type === 'candidate-scored'),
    verified: verified && ended?.outcome === 'finished',
    late: ((ended?.at ?? Number.POSITIVE_INFINITY) - (started?.deadline ?? 0)) / 1000,
    refitted: model?.refitted === true,
  };
}

const RUNS = 300;

describe('runs with noisy durations, ended at any moment by their budget or by the user', () => {
  const all = Array.from({ length: RUNS }, (_, seed) => outcomeOf(new TimedFarm(optionsOf(seed + 1)).play()));
  const scored = all.filter((one) => one.scored);

  it('deliver a verified model wherever a candidate had been scored', () => {
    expect(scored.length).toBeGreaterThan(0.8 * RUNS);
    expect(scored.filter((one) => !one.verified)).toEqual([]);
  });

  it('are done before their deadline: the reserve suffices', () => {
    expect(scored.filter((one) => one.late > 0)).toEqual([]);
  });

  it('refit most of what they deliver', () => {
    expect(scored.filter((one) => one.refitted).length / scored.length).toBeGreaterThan(0.6);
  });
});
