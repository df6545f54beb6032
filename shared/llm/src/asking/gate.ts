/** What all calls with one key pass through, whichever process makes them. */
import { type Model, ModelFailure, type ModelReply, type ModelRequest } from '../model.ts';
import type { Clock } from './clock.ts';
import { paused, takeTurn, UNUSED } from './rate.ts';

export interface Gate {
  /**
   * When a call may be made, milliseconds since the epoch. A moment after `latest` is told and not taken: somebody else
   * may have it.
   */
  turn(latest: number): Promise<number>;
  /** The provider wants no call before. */
  pause(until: number): Promise<void>;
}

/** Of this process alone. */
export function localGate(perMinute: number | null, now: () => number): Gate {
  let state = UNUSED;
  return {
    turn(latest) {
      const turn = takeTurn(state, perMinute, { now: now(), latest });
      state = turn.next ?? state;
      return Promise.resolve(turn.at);
    },
    pause(until) {
      state = paused(state, until);
      return Promise.resolve();
    },
  };
}

export interface Wait {
  readonly clock: Clock;
  /** Nobody waits longer for a turn. */
  readonly patienceMs: number;
}

/** What one was told closes the gate for all, and outlives the process: after so long one looks whether it still holds. */
const LONGEST_PAUSE_MS = 3_600_000;

/** A model behind a gate. A turn that is too far off fails as a provider's own refusal would, before anything is sent. */
export function gated(model: Model, gate: Gate, { clock, patienceMs }: Wait): Model {
  return {
    name: model.name,
    contextTokens: model.contextTokens,
    ceiling: (request) => model.ceiling(request),
    estimate: (request) => model.estimate(request),
    async complete(request, signal) {
      signal.throwIfAborted();
      const now = clock.now();
      const at = await gate.turn(now + patienceMs);
      if (at > now + patienceMs) throw tooFarOff(model.name, at);
      if (at > now) await clock.sleep(at - now, signal);
      return await throughGate(model, gate, { request, signal, clock });
    },
  };
}

async function throughGate(
  model: Model,
  gate: Gate,
  { request, signal, clock }: { request: ModelRequest; signal: AbortSignal; clock: Clock },
): Promise<ModelReply> {
  try {
    return await model.complete(request, signal);
  } catch (error) {
    const now = clock.now();
    if (error instanceof ModelFailure && error.failure.kind === 'rate-limited' && error.retryAt !== null) {
      await gate.pause(Math.min(error.retryAt, now + LONGEST_PAUSE_MS));
    }
    throw error;
  }
}

function tooFarOff(model: string, at: number): ModelFailure {
  const message = `${model}: its key is used as much as it may be; the next turn is at ${new Date(at).toISOString()}`;
  const failure = { kind: 'rate-limited', message, retryable: true, origin: 'llm', causes: [] };
  return new ModelFailure(failure, { retryAt: at, model });
}
