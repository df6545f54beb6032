/** What language models of a simulated farm decide and spend. */
import type { Assignment, ManagerAction, managerWork, RunPlayer, Spent } from '@modelwright/contracts';
import type { z } from 'zod';
import type { RunSubmitted } from '../run-state.ts';
import { submitted } from './samples.ts';

export type Decide = (work: z.infer<typeof managerWork>) => ManagerAction[];

const MODELS: RunPlayer = { kind: 'models', roles: { designer: ['gpt', 'local'], manager: ['gpt'] } };

/** A run played by language models with a dollar to spend. */
export function playedByModels(over: Partial<RunSubmitted['budget']> = {}): RunSubmitted {
  const { budget } = submitted();
  return submitted({ player: MODELS, budget: { ...budget, microUsd: 1_000_000, ...over } });
}

export function spentOn(
  assignment: Assignment,
  spends: (assignment: Assignment) => number = ({ grant }) => Math.floor(grant.microUsd / 10),
): Spent {
  if (assignment.player.kind === 'playbook') return { turns: 1, microUsd: 0, byModel: {} };
  const microUsd = spends(assignment);
  const tokens = Math.floor((assignment.grant.tokens ?? 0) / 10);
  const counted = { unpricedCalls: 0, cachedTokens: 0, reasoningTokens: 0, outputTokens: 0 };
  return {
    turns: microUsd === 0 ? 0 : 1,
    microUsd,
    byModel: { gpt: { ...counted, calls: 1, inputTokens: tokens, microUsd } },
  };
}
