/** Hands work to a role: the event that it was opened, and the effect that sends it. */
import { type Assignment, assignmentId, type Work } from '@modelwright/contracts';
import type { OpenRun } from './run-state.ts';
import { deriveSeed } from './seed.ts';
import { type Step, step } from './step.ts';
import { type Terms, termsFor } from './terms.ts';

export interface Order {
  readonly candidate: string;
  readonly action: string;
  readonly work: Work;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly reason: string;
}

/** Null when it cannot be paid for now. */
export function assign(run: OpenRun, order: Order, now: number): Step | null {
  const terms = termsFor(run, order.work, order.candidate);
  return terms === null ? null : assignOn(terms, run, order, now);
}

export function assignOn(terms: Terms, run: OpenRun, order: Order, now: number): Step {
  const { submitted } = run;
  const { player, reasons } = terms;
  const earlier = assignmentsOf(run, order.candidate, order.action).length;
  const id = assignmentId(submitted.run, order.candidate, order.action, earlier + 1);
  const grant = { ...terms.grant, deadline: order.deadline };
  const assignment: Assignment = {
    id,
    run: submitted.run,
    candidate: order.candidate,
    seed: deriveSeed(submitted.seed, id.slice(submitted.run.length)),
    grant,
    player,
    work: order.work,
    ...(run.accelerators.length === 0 ? {} : { hardware: { accelerators: [...run.accelerators] } }),
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
        ...(reasons ? { grant, player } : {}),
        at: now,
      },
    ],
    [{ type: 'assign', assignment }],
  );
}

/** The assignments of an action upon a candidate, oldest first. */
export function assignmentsOf(run: OpenRun, candidate: string, action: string) {
  return Object.values(run.assignments).filter((one) => one.candidate === candidate && one.action === action);
}

/** Whether somebody is at work on it. */
export function isUnderWay(run: OpenRun, candidate: string, action: string): boolean {
  return assignmentsOf(run, candidate, action).some((one) => one.stage !== 'closed');
}
