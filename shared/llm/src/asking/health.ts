/**
 * Who is down, as this process knows it: a circuit breaker a model. One that is down is not asked until its time has come;
 * then the next call is the trial.
 */
import type { Failure } from '@modelwright/contracts';
import type { ModelFailure, ModelFailureKind } from '../model.ts';

export interface Health {
  /** In a row. */
  readonly failures: number;
  /** Milliseconds since the epoch; 0 where it is up. */
  readonly downUntil: number;
  /** The last; null where it is well. */
  readonly failure: Failure | null;
}

export const WELL: Health = { failures: 0, downUntil: 0, failure: null };

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The first pause, and how many failures in a row it takes. Each further failure doubles it. */
const PAUSES: Readonly<Record<ModelFailureKind, { readonly ms: number; readonly from: number }>> = {
  'rate-limited': { ms: 10 * SECOND, from: 1 },
  unavailable: { ms: 15 * SECOND, from: 1 },
  stalled: { ms: 30 * SECOND, from: 2 },
  'broken-reply': { ms: 30 * SECOND, from: 2 },
  'quota-spent': { ms: 5 * MINUTE, from: 1 },
  'not-allowed': { ms: 5 * MINUTE, from: 1 },
  'bad-request': { ms: MINUTE, from: 1 },
  'no-model': { ms: 5 * MINUTE, from: 1 },
  // Says something of the request, nothing of the model.
  'context-overflow': { ms: 0, from: 1 },
};

const LONGEST_PAUSE_MS = 5 * MINUTE;

export function afterFailure(health: Health, { failure, retryAt }: ModelFailure, now: number): Health {
  const { ms, from } = pauseFor(failure.kind);
  if (ms === 0) return health;
  const failures = health.failures + 1;
  const doubled = failures < from ? 0 : Math.min(LONGEST_PAUSE_MS, ms * 2 ** (failures - from));
  return { failures, failure, downUntil: retryAt ?? (doubled === 0 ? 0 : now + doubled) };
}

export const isDown = (health: Health, now: number) => health.downUntil > now;

function pauseFor(kind: string): { readonly ms: number; readonly from: number } {
  const known: Readonly<Record<string, { readonly ms: number; readonly from: number }>> = PAUSES;
  return known[kind] ?? PAUSES.unavailable;
}

/** The health of all models of a process, by name. */
export class HealthBoard {
  readonly #known = new Map<string, Health>();

  of(name: string): Health {
    return this.#known.get(name) ?? WELL;
  }

  answered(name: string): void {
    this.#known.delete(name);
  }

  failed(name: string, failure: ModelFailure, now: number): Health {
    const health = afterFailure(this.of(name), failure, now);
    this.#known.set(name, health);
    return health;
  }
}
