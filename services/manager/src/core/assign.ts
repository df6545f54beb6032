/** Hands work to a role: the event that it was opened, and the effect that sends it. */
import {
  type Assignment,
  agentRole,
  assignmentId,
  type Player,
  type Role,
  type Work,
} from '@modelwright/contracts';
import type { OpenRun } from './run-state.ts';
import { deriveSeed } from './seed.ts';
import { type Step, step } from './step.ts';

export interface Order {
  readonly candidate: string;
  readonly action: string;
  readonly work: Work;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly reason: string;
}

/** More turns than any role takes; the real limits are time and money. */
const TURNS = 60;

export function assign(run: OpenRun, order: Order, now: number): Step {
  const { submitted } = run;
  const earlier = Object.values(run.assignments).filter(
    (one) => one.candidate === order.candidate && one.action === order.action,
  ).length;
  const id = assignmentId(submitted.run, order.candidate, order.action, earlier + 1);
  const assignment: Assignment = {
    id,
    run: submitted.run,
    candidate: order.candidate,
    seed: deriveSeed(submitted.seed, id.slice(submitted.run.length)),
    grant: { turns: TURNS, microUsd: 0, tokens: null, deadline: order.deadline },
    player: playerFor(run, order.work.role),
    work: order.work,
  };
  return step(
    order.reason,
    [
      {
        type: 'assignment-opened',
        assignment: id,
        role: order.work.role,
        action: order.action,
        candidate: order.candidate,
        at: now,
      },
    ],
    [{ type: 'assign', assignment }],
  );
}

function playerFor({ submitted: { player } }: OpenRun, role: Role): Player {
  if (player.kind === 'playbook') return player;
  const reasoning = agentRole.safeParse(role);
  return { kind: 'models', models: (reasoning.success ? player.roles[reasoning.data] : undefined) ?? [] };
}

/** The assignments of an action upon a candidate, oldest first. */
export function assignmentsOf(run: OpenRun, candidate: string, action: string) {
  return Object.values(run.assignments).filter((one) => one.candidate === candidate && one.action === action);
}
