/**
 * From names to somebody who answers: fall-back → retries → gate → account → the provider's API.
 *
 * Each model is connected once a process; who asks it, and how patiently, is made for every assignment.
 */
import type { AgentRoleName } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { accounted } from './asking/accounted.ts';
import type { Clock } from './asking/clock.ts';
import { fallingBack } from './asking/fall-back.ts';
import { type Gate, gated } from './asking/gate.ts';
import { HealthBoard } from './asking/health.ts';
import { LONGEST_PATIENCE_MS } from './asking/retry-policy.ts';
import { retrying } from './asking/retrying.ts';
import { type Catalogue, type ModelSettings, modelsFor, type Variables } from './catalogue/catalogue.ts';
import { type Model, ModelFailure, type ModelFailureKind } from './model.ts';

export interface ModelPorts {
  /** The environment, where the keys are. */
  readonly variables: Variables;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A model without retries: one attempt a call. */
  connect(settings: ModelSettings, key: string | null): Model;
  /** What all calls with this key pass through. */
  gate(settings: ModelSettings, key: string | null): Gate;
}

/** Models by name, the first to be asked first; without names those that the catalogue has for the role. */
export type ModelsByName = (names: readonly string[], role: AgentRoleName) => Model;

/** Who can fall back on another is less patient: milliseconds. */
const PATIENCE_WITH_OTHERS_MS = 4000;

/** Who is not configured, or lacks its key, takes its place all the same: as one that fails whenever it is asked. */
export function modelsOf(catalogue: Catalogue, ports: ModelPorts): ModelsByName {
  const connected = new Map<string, Connected>();
  const health = new HealthBoard();
  const { clock, logger } = ports;

  const patient = (name: string, patienceMs: number): Model => {
    const { model, gate } = connected.get(name) ?? connect(catalogue, name, ports);
    connected.set(name, { model, gate });
    return gate === null ? model : retrying(gated(model, gate, { clock, patienceMs }), patienceMs, clock);
  };

  return (names, role) => {
    const chain = [...new Set(names.length > 0 ? names : modelsFor(catalogue, role))];
    const [first, ...others] = chain.map((name, index) =>
      patient(name, index < chain.length - 1 ? PATIENCE_WITH_OTHERS_MS : LONGEST_PATIENCE_MS),
    );
    if (first === undefined) {
      return absent('none', failed('no-model', `no language model is configured for a ${role}`));
    }
    return others.length === 0
      ? first
      : fallingBack([first, ...others], { health, logger, now: () => clock.now() });
  };
}

interface Connected {
  readonly model: Model;
  /** Null for one that cannot be asked. */
  readonly gate: Gate | null;
}

function connect(catalogue: Catalogue, name: string, ports: ModelPorts): Connected {
  const settings = Object.hasOwn(catalogue.models, name) ? catalogue.models[name] : undefined;
  if (settings === undefined) {
    const known = Object.keys(catalogue.models).join(', ') || 'none';
    const message = `no model "${name}" is configured here; known: ${known}`;
    return { model: absent(name, failed('no-model', message, name)), gate: null };
  }
  const key = settings.keyEnv === null ? null : (ports.variables[settings.keyEnv] ?? '');
  if (key === '') {
    const message = `${name}: the environment variable ${settings.keyEnv} holds no key`;
    return { model: absent(name, failed('not-allowed', message, name)), gate: null };
  }
  return { model: accounted(ports.connect(settings, key), ports.logger), gate: ports.gate(settings, key) };
}

/** Takes the place of a model that cannot be asked, so that the next in line is. */
function absent(name: string, failure: ModelFailure): Model {
  return {
    name,
    contextTokens: null,
    ceiling: () => 0,
    estimate: () => ({ inputTokens: 0, outputTokens: 0 }),
    complete: () => Promise.reject(failure),
  };
}

function failed(kind: ModelFailureKind, message: string, model?: string): ModelFailure {
  const failure = { kind, message, retryable: false, origin: 'llm', causes: [] };
  return new ModelFailure(failure, model === undefined ? {} : { model });
}
