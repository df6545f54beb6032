/** Who answers for an assignment: language models as they are configured, or the playbook in their place. */
import type { Bus } from '@modelwright/bus';
import { agentRole, gate, type Player, type Role } from '@modelwright/contracts';
import { type Clock, type Model, modelsOf, systemClock } from '@modelwright/llm';
import { openAiModel } from '@modelwright/llm/openai';
import { createPlaybook } from '@modelwright/playbook';
import type { Logger } from '@modelwright/telemetry';
import type { ModelsConfig } from './agent-config.ts';
import { busGate, gateName } from './bus-gate.ts';

/** A model that is not here is one that never answers, and says why. */
export type Players = (player: Player, role: Role) => Model;

export interface PlayersHost {
  readonly models: ModelsConfig;
  readonly bus: Pick<Bus, 'records'>;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** Each is made once: the playbook reads its recipes from disk, a model keeps its connections. */
export function createPlayers({ models, bus, logger, clock = systemClock }: PlayersHost): Players {
  const playbooks = new Map<boolean, Model>();
  const gates = bus.records('gates', gate);
  const now = () => clock.now();
  const byName = modelsOf(models.catalogue, {
    variables: models.keys,
    clock,
    logger,
    connect: ({ api, ...settings }, key) => openAiModel(api, { ...settings, key, now }),
    gate: (settings, key) =>
      busGate({
        records: gates,
        name: gateName(settings, key),
        perMinute: settings.requestsPerMinute,
        now,
      }),
  });
  return (player, role) => {
    if (player.kind === 'models') return byName(player.models, agentRole.parse(role));
    const playbook = playbooks.get(player.clumsy) ?? createPlaybook({ clumsy: player.clumsy });
    playbooks.set(player.clumsy, playbook);
    return playbook;
  };
}
