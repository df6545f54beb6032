/** Who answers for an assignment: the playbook, in place of a language model. */
import type { Player } from '@modelwright/contracts';
import { type Model, ModelFailure } from '@modelwright/llm';
import { createPlaybook } from '@modelwright/playbook';

/** @throws ModelFailure when nobody of that name is here. */
export type Players = (player: Player) => Model;

/** Each is made once: it reads its recipes from disk. */
export function createPlayers(): Players {
  const made = new Map<boolean, Model>();
  return (player) => {
    if (player.kind === 'models') throw new ModelFailure(nobody);
    const playbook = made.get(player.clumsy) ?? createPlaybook({ clumsy: player.clumsy });
    made.set(player.clumsy, playbook);
    return playbook;
  };
}

const nobody = {
  kind: 'no-model',
  message: 'no language model is configured for this service',
  retryable: false,
  origin: 'agent-host',
  causes: [],
};
