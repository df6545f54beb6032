/**
 * Several models as one: the first is asked, and the next where that failed and has cost nothing. What may have been paid
 * for ends the call, so that one call is paid once; who failed so is remembered, and the next call begins elsewhere.
 */
import type { Logger } from '@modelwright/telemetry';
import { type Model, ModelFailure, type ModelReply, type ModelRequest } from '../model.ts';
import { type HealthBoard, isDown } from './health.ts';

export interface FallBackPorts {
  readonly health: HealthBoard;
  readonly logger: Logger;
  now(): number;
}

export function fallingBack(models: readonly [Model, ...Model[]], ports: FallBackPorts): Model {
  const limits = models.flatMap(({ contextTokens }) => contextTokens ?? []);
  return {
    name: models.map(({ name }) => name).join(', '),
    // Whoever answers must be able to: the narrowest counts.
    contextTokens: limits.length === 0 ? null : Math.min(...limits),
    ceiling: (request) => Math.max(...models.map((model) => model.ceiling(request))),
    estimate(request) {
      const each = models.map((model) => model.estimate(request));
      return {
        inputTokens: Math.max(...each.map(({ inputTokens }) => inputTokens)),
        outputTokens: Math.max(...each.map(({ outputTokens }) => outputTokens)),
      };
    },
    complete: (request, signal) => askInTurn(models, ports, { request, signal }),
  };
}

async function askInTurn(
  models: readonly [Model, ...Model[]],
  ports: FallBackPorts,
  { request, signal }: { request: ModelRequest; signal: AbortSignal },
): Promise<ModelReply> {
  const failed: ModelFailure[] = [];
  const asked = thoseToAsk(models, ports);
  const resting = models.filter((model) => !asked.includes(model));
  for (const model of asked) {
    try {
      const reply = await model.complete(request, signal);
      ports.health.answered(model.name);
      return reply;
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      const { downUntil } = ports.health.failed(model.name, error, ports.now());
      ports.logger.warn(
        { model: model.name, failure: error.failure.kind, downUntil },
        `no answer from ${model.name}: ${error.message}`,
      );
      if (error.charge !== 'none' || error.failure.kind === 'context-overflow') throw error;
      failed.push(error);
    }
  }
  throw inOne([...failed, ...resting.flatMap(({ name }) => lastFailure(name, ports.health))]);
}

/** Why one that is down was not asked: it may pass where those who were asked fail for good. */
function lastFailure(name: string, health: HealthBoard): ModelFailure[] {
  const { failure, downUntil } = health.of(name);
  return failure === null ? [] : [new ModelFailure(failure, { retryAt: downUntil, model: name })];
}

/** All that are up, in their order; when none is, the one that is to be up first. */
function thoseToAsk(models: readonly [Model, ...Model[]], ports: FallBackPorts): Model[] {
  const now = ports.now();
  const healthOf = (model: Model) => ports.health.of(model.name);
  const up = models.filter((model) => !isDown(healthOf(model), now));
  if (up.length > 0) return up;
  return [...models].sort((a, b) => healthOf(a).downUntil - healthOf(b).downUntil).slice(0, 1);
}

/** What may pass decides: then there is sense in asking again, at the earliest time of all. */
function inOne(failed: readonly ModelFailure[]): ModelFailure {
  const passing = failed
    .filter(({ failure }) => failure.retryable)
    .sort((a, b) => (a.retryAt ?? 0) - (b.retryAt ?? 0));
  const [deciding = failed[0]] = passing;
  if (deciding === undefined) throw new Error('no model was asked');
  if (failed.length === 1) return deciding;
  const { failure, retryAt, model } = deciding;
  const message = `none of ${failed.length} models answered: ${failed.map((one) => one.message).join('; ')}`;
  return new ModelFailure(
    { ...failure, message, causes: failed.map((one) => `${one.failure.kind}: ${one.message}`) },
    {
      ...(retryAt === null ? {} : { retryAt }),
      ...(model === null ? {} : { model }),
      cause: deciding,
    },
  );
}
