/** Stands for a model that is not to be had here: asking it ends the assignment with the reason. */
import type { Player } from '@modelwright/contracts';
import { type Model, ModelFailure } from '@modelwright/llm';
import type { Players } from './player.ts';

export function modelFor(players: Players, player: Player): Model {
  try {
    return players(player);
  } catch (error) {
    if (error instanceof ModelFailure) return absent(error);
    throw error;
  }
}

function absent(reason: ModelFailure): Model {
  return {
    name: reason.model ?? 'nobody',
    contextTokens: null,
    ceiling: () => 0,
    estimate: () => ({ inputTokens: 0, outputTokens: 0 }),
    complete: () => Promise.reject(reason),
  };
}
