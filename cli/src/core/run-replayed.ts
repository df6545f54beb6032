/** What a replay of a run has shown, in words. */
import type { Replay } from '@modelwright/agent';
import type { DecisionsReplayed } from '@modelwright/manager/replay';
import { countText } from './text/quantity.ts';
import { oneLine } from './text/shorten.ts';

export type AgentReplayed = { readonly assignment: string; readonly role: string } & (
  | Replay
  /** It could not be put together: what it read is not there, or may not be read by whoever asks. */
  | { readonly kind: 'skipped'; readonly reason: string }
);

export interface RunReplayed {
  readonly run: string;
  readonly decisions: DecisionsReplayed;
  readonly agents: readonly AgentReplayed[];
}

export function isSame({ decisions, agents }: RunReplayed): boolean {
  return decisions.divergence === null && agents.every((agent) => agent.kind !== 'diverged');
}

const MOST_SHOWN = 10;

export function replayLines(replayed: RunReplayed): string[] {
  const { run, agents } = replayed;
  const diverged = agents.filter((agent) => agent.kind === 'diverged');
  const skipped = agents.filter((agent) => agent.kind === 'skipped');
  const hidden = diverged.length - MOST_SHOWN;
  return [
    ...decisionLines(replayed.decisions),
    ...agentsLine(agents),
    ...diverged.slice(0, MOST_SHOWN).flatMap((agent) => divergedLines(run, agent)),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ...skipped.map((agent) => `  ${short(run, agent)} was not replayed: ${oneLine(agent.reason, 200)}`),
    isSame(replayed)
      ? 'The same decisions.'
      : 'DIVERGED: this program would not do again what the record says it did.',
  ];
}

function decisionLines({ decisions, silent, foreign, divergence }: DecisionsReplayed): string[] {
  const more = [
    ...(silent > 0 ? [`${silent} without the message that caused them`] : []),
    ...(foreign > 0 ? [`${foreign} that every reader skips`] : []),
  ];
  const rest = more.length === 0 ? '' : ` (besides ${more.join(', ')})`;
  const head = `decisions: ${decisions} made again${rest}`;
  if (divergence === null) return [`${head}, all the same`];
  const { sequence, cause, recorded, now, difference } = divergence;
  return [
    `${head}; the one on ${cause} (record ${sequence}) comes out otherwise`,
    `  ${oneLine(difference, 600)}`,
    `  reason on record: ${oneLine(recorded, 300)}`,
    `  reason now:       ${now === null ? 'nothing would be decided' : oneLine(now, 300)}`,
  ];
}

function agentsLine(agents: readonly AgentReplayed[]): string[] {
  const same = agents.filter((agent) => agent.kind === 'same');
  const turns = same.reduce((sum, agent) => sum + agent.turns, 0);
  const others = agents.filter((agent) => agent.kind === 'diverged').length;
  const end = others === 0 ? 'all the same' : `and ${others} that came out otherwise`;
  return [
    `agents: ${countText(same.length, 'conversation')} of ${countText(turns, 'turn')} gone through again, ${end}`,
  ];
}

function divergedLines(run: string, agent: AgentReplayed): string[] {
  if (agent.kind !== 'diverged') return [];
  const { turn, what, recorded, now } = agent.divergence;
  return [
    `  ${short(run, agent)}: ${what}${turn === 0 ? '' : ` in turn ${turn}`}`,
    `    on record: ${oneLine(recorded, 300)}`,
    `    now:       ${oneLine(now, 300)}`,
  ];
}

function short(run: string, { assignment, role }: AgentReplayed): string {
  const id = assignment.startsWith(`${run}_`) ? assignment.slice(run.length + 1) : assignment;
  return `${role} ${id}`.trimStart();
}
