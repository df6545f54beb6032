/** A model that is asked again, for a while, when an attempt failed that has cost nothing. */
import { type Model, ModelFailure, type ModelReply, type ModelRequest } from '../model.ts';
import type { Clock } from './clock.ts';
import { retryAfter } from './retry-policy.ts';

/** @param patienceMs So long after the first attempt others begin. */
export function retrying(model: Model, patienceMs: number, clock: Clock): Model {
  return {
    name: model.name,
    contextTokens: model.contextTokens,
    ceiling: (request) => model.ceiling(request),
    estimate: (request) => model.estimate(request),
    complete: (request, signal) => persistently(model, { request, signal, patienceMs, clock }),
  };
}

interface Asked {
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  readonly patienceMs: number;
  readonly clock: Clock;
}

async function persistently(
  model: Model,
  { request, signal, patienceMs, clock }: Asked,
): Promise<ModelReply> {
  const patientUntil = clock.now() + patienceMs;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await model.complete(request, signal);
    } catch (error) {
      const now = clock.now();
      const next = retryAfter({ error, attempts, now, patientUntil, draw: clock.random() });
      if (next.kind === 'stop') throw withTime(error, next.retryAt);
      await clock.sleep(next.at - now, signal);
    }
  }
}

/** Who gives up a place to wait elsewhere is told until when. */
function withTime(error: unknown, retryAt: number | null): unknown {
  if (!(error instanceof ModelFailure) || retryAt === null || error.retryAt !== null) return error;
  const { failure, charge, model } = error;
  return new ModelFailure(failure, { charge, retryAt, cause: error, ...(model === null ? {} : { model }) });
}
