/**
 * Steps of many processes, taken one at a time in an order that chance draws: between any two steps of one process, any
 * number of others may happen. Every step may be the last of its process.
 */
import type { Chance } from './chance.ts';

export class Killed extends Error {
  override readonly name = 'Killed';
}

export class Stage {
  readonly #waiting: (() => void)[] = [];
  readonly #chance: Chance;
  readonly #deadly: number;

  /** @param deadly Of a hundred steps so many are the last of their process. */
  constructor(chance: Chance, deadly: number) {
    this.#chance = chance;
    this.#deadly = deadly;
  }

  /** Resolves when it is this step's turn; rejects when it never comes. */
  async step(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#chance.percent(this.#deadly)) throw new Killed('in the middle of a step');
  }

  /** Resolves at some later time. */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Plays until nobody waits for a turn.
   * @param between Happens between any two steps; may bring new processes.
   */
  async play(between: () => void): Promise<void> {
    do {
      between();
      await settled();
      const [next] = this.#waiting.splice(this.#chance.below(Math.max(1, this.#waiting.length)), 1);
      next?.();
      await settled();
    } while (this.#waiting.length > 0);
  }
}

/** All that needs no turn has happened. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
