/** The piece decisions are made of: what happened, what is to be done, and why. */
import type { RunEffect, RunEvent } from './log.ts';

export interface Step {
  readonly events: readonly RunEvent[];
  readonly effects: readonly RunEffect[];
  /** A clause for people, such as `c2 is scored`. Empty for a step that needs no words. */
  readonly reason: string;
}

export const NOTHING: Step = { events: [], effects: [], reason: '' };

export function step(reason: string, events: readonly RunEvent[], effects: readonly RunEffect[] = []): Step {
  return { events, effects, reason };
}

export function join(steps: readonly Step[]): Step {
  return {
    events: steps.flatMap((one) => one.events),
    effects: steps.flatMap((one) => one.effects),
    reason: steps
      .map((one) => one.reason)
      .filter((reason) => reason !== '')
      .join('; '),
  };
}

export function isNothing(one: Step): boolean {
  return one.events.length === 0 && one.effects.length === 0;
}
