/** Who answers for an assignment: the playbook, in place of a language model. */
import type { Assignment } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import { createPlaybook } from '@modelwright/playbook';

export type Players = (player: Assignment['player']) => Model;

/** Each is made once: it reads its recipes from disk. */
export function createPlayers(): Players {
  const made = new Map<boolean, Model>();
  return ({ clumsy }) => {
    const player = made.get(clumsy) ?? createPlaybook({ clumsy });
    made.set(clumsy, player);
    return player;
  };
}
