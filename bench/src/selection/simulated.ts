/**
 * Searches that are made up. A first portfolio is drawn around nothing; then the best so far is revised, mostly for the worse.
 * The unit is the standard error of a paired difference on the hidden rows.
 */
import type { Runner, Search } from './contest.ts';
import { drawsFrom } from './draws.ts';

export interface Setting {
  readonly name: string;
  readonly candidates: number;
  readonly portfolio: number;
  /** How far the candidates of the portfolio differ, standard deviation. */
  readonly spread: number;
  /** Of a revision against what it revises. */
  readonly gain: number;
  readonly gainSpread: number;
}

export const SETTINGS: readonly Setting[] = [
  { name: '8 alike', candidates: 8, portfolio: 7, spread: 1, gain: -0.5, gainSpread: 0.5 },
  { name: '8 apart', candidates: 8, portfolio: 7, spread: 3, gain: -0.5, gainSpread: 1 },
  { name: '30 alike', candidates: 30, portfolio: 8, spread: 1, gain: -0.5, gainSpread: 0.5 },
  { name: '30 apart', candidates: 30, portfolio: 8, spread: 3, gain: -0.5, gainSpread: 1 },
  { name: '30 hardly changed', candidates: 30, portfolio: 8, spread: 1, gain: 0, gainSpread: 0.1 },
  { name: '30 mostly spoiled', candidates: 30, portfolio: 8, spread: 2, gain: -1, gainSpread: 1 },
];

/** Of each of two that are compared: the difference has the unit's error. */
const HIDDEN_NOISE = Math.SQRT1_2;
/** Four times the hidden rows are out of fold. */
const OOF_ERROR = 0.5;
const OOF_NOISE = OOF_ERROR * Math.SQRT1_2;
/** Tuning on these rows flatters, the one more than the other; some leak. */
const FLATTERY = 0.5;
const LEAKS = 0.03;
const LEAK = 3;
/** One training of a recipe against another. */
const LUCK = 0.5;
/** Out of fold five trainings are averaged. */
const LUCK_OUT_OF_FOLD = LUCK / Math.sqrt(5);
/** Two trainings of one recipe err on the same rows. */
const SHARED = 0.8;

interface Candidate extends Runner {
  readonly hidden: number;
  readonly again: number;
  readonly oof: number;
}

export function simulated(setting: Setting, seed: number): Search<Candidate> {
  const { uniform, normal } = drawsFrom(seed);
  let made = 0;
  return {
    size: setting.candidates,
    next(best) {
      const step = normal();
      const worth =
        made < setting.portfolio || best === null
          ? setting.spread * step
          : best.worth + setting.gain + setting.gainSpread * step;
      made += 1;
      const noise = HIDDEN_NOISE * normal();
      const fresh = HIDDEN_NOISE * normal();
      return {
        worth,
        cost: Math.exp(normal() + 0.3 * step),
        hidden: worth + LUCK * normal() + noise,
        again: worth + LUCK * normal() + SHARED * noise + Math.sqrt(1 - SHARED ** 2) * fresh,
        oof:
          worth +
          LUCK_OUT_OF_FOLD * normal() +
          OOF_NOISE * normal() +
          FLATTERY * normal() +
          (uniform() < LEAKS ? LEAK : 0),
      };
    },
    compare: (one, other) => ({
      hidden: { improvement: one.hidden - other.hidden, standardError: 1 },
      oof: { improvement: one.oof - other.oof, standardError: OOF_ERROR },
    }),
    again: (one, other) => ({
      hidden: { improvement: one.again - other.again, standardError: 1 },
      oof: { improvement: one.oof - other.oof, standardError: OOF_ERROR },
    }),
  };
}
