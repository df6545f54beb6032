import { describe, expect, it } from 'vitest';
import { matchId } from './match-id.ts';

const RUN = 'digits-k3f9x2-07';
const IDS = [`${RUN}_c1_tune_1`, `${RUN}_c2_tune_1`, `${RUN}_c2_implement_1`];

describe('an id as a user names it', () => {
  it.each([
    [`${RUN}_c1_tune_1`, 'whole'],
    ['c1_tune_1', "without the run's"],
    ['1_tune_1', 'by its end'],
  ])('is found (%s: %s)', (named) => {
    expect(matchId(RUN, named, IDS)).toEqual({ kind: 'one', id: IDS[0] });
  });

  it('may be any of several', () => {
    expect(matchId(RUN, 'tune_1', IDS)).toEqual({ kind: 'many', ids: IDS.slice(0, 2) });
  });

  it('may be none, and then the nearest is told', () => {
    expect(matchId(RUN, 'c1_tone_1', IDS)).toEqual({ kind: 'none', near: IDS[0] });
  });
});
