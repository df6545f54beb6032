/** On which terms work is handed out: who answers for the role, and what that may cost. */
import { type AgentRoleName, agentRole, type Grant, type Player, type Work } from '@modelwright/contracts';
import { FLOOR } from './candidate.ts';
import { purseFor } from './purse.ts';
import type { OpenRun } from './run-state.ts';

export interface Terms {
  readonly player: Player;
  readonly grant: Omit<Grant, 'deadline'>;
  /** Whether somebody reasons: the manager's own programs have no grant to speak of. */
  readonly reasons: boolean;
}

/** More turns than any role takes; the real limits are time and money. */
const TURNS = 60;
const TURNS_OF_MODELS: Readonly<Record<AgentRoleName, number>> = {
  setup: 40,
  manager: 20,
  designer: 40,
  coder: 80,
  tuner: 80,
  aggregator: 40,
};

const PLAYBOOK: Player = { kind: 'playbook', clumsy: false };
const FREE = { turns: TURNS, microUsd: 0, tokens: null };

/** Null: not now. Either others hold the money, or it is spent and the run has yet to say what follows from that. */
export function termsFor(run: OpenRun, work: Work, candidate: string): Terms | null {
  const role = reasoningRole(work);
  if (role === null) return { player: playbookOf(run), grant: FREE, reasons: false };
  if (!isPlayedByModels(run, role) || candidate === FLOOR) return playbookTerms(run);
  const purse = purseFor(run, role);
  if (purse.kind !== 'granted') return mayWait(run) ? null : playbookTerms(run);
  return {
    player: { kind: 'models', models: modelsOf(run, role) },
    grant: { turns: TURNS_OF_MODELS[role], ...purse.grant },
    reasons: true,
  };
}

export function playbookTerms(run: OpenRun): Terms {
  return { player: playbookOf(run), grant: FREE, reasons: true };
}

/** Whether a language model of the role can be asked now: they answer for it, and there is money for it. */
export function canAsk(run: OpenRun, role: AgentRoleName): boolean {
  return isPlayedByModels(run, role) && !run.ledger.paused && purseFor(run, role).kind === 'granted';
}

/** Whether language models answer for the role, where there is money. */
export function isPlayedByModels(run: OpenRun, role: AgentRoleName): boolean {
  return run.submitted.player.kind === 'models' && !run.takenOver.includes(role);
}

/** Data that is described by a task is prepared by the harness alone: there is nothing to reason about. */
function reasoningRole(work: Work): AgentRoleName | null {
  if (work.role === 'setup' && work.task !== null) return null;
  const known = agentRole.safeParse(work.role);
  return known.success ? known.data : null;
}

function mayWait(run: OpenRun): boolean {
  return run.phase.name === 'searching' && run.stopped === null;
}

function playbookOf({ submitted: { player } }: OpenRun): Player {
  return player.kind === 'playbook' ? player : PLAYBOOK;
}

function modelsOf({ submitted: { player } }: OpenRun, role: AgentRoleName): string[] {
  return player.kind === 'models' ? (player.roles[role] ?? []) : [];
}
