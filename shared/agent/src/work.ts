/**
 * The agent loop: takes an assignment as far as it goes now, writing down every step before the next depends on it.
 *
 * Safe to call again at any time, by any process, on the same assignment: the transcript says where it stands. Of two that
 * work at once one loses an append and stops at once. What a crash can cost is one reply whose answer was not recorded; it
 * is charged at its ceiling.
 */
import type { Assignment } from '@modelwright/contracts';
import type { Agent } from './agent.ts';
import { ask } from './ask.ts';
import { callTool } from './call-tool.ts';
import { close, handOver } from './close.ts';
import { failure } from './core/failure.ts';
import { nextStep, poison } from './core/next-step.ts';
import { Desk } from './desk.ts';
import type { Ports } from './ports.ts';
import type { WorkEnd } from './work-end.ts';

export interface WorkOrder {
  readonly assignment: Assignment;
  readonly agent: Agent;
}

/** @param leaving This process is leaving: stop after the step in hand. It says nothing about the assignment. */
export async function work(order: WorkOrder, ports: Ports, leaving: AbortSignal): Promise<WorkEnd> {
  const desk = await Desk.open(order.assignment, order.agent, ports);
  const beginning = await takeUp(desk);
  if (beginning !== null) return beginning;
  while (!leaving.aborted) {
    const end = await takeStep(desk);
    if (end !== null) return end;
  }
  return { kind: 'left' };
}

/** Null when the work can begin. */
async function takeUp(desk: Desk): Promise<WorkEnd | null> {
  const { progress, ports } = desk;
  if (progress.final !== null) {
    await ports.inbox.finished(progress.final);
    return { kind: 'finished', final: progress.final };
  }
  const charged = await chargeInterrupted(desk);
  if (charged !== null) return charged;
  const poisonous = poison(progress);
  if (poisonous !== null) return close(desk, { status: 'failed', failure: poisonous });
  const { worker } = ports;
  const taken = await desk.append({ type: 'taken', worker, ...desk.beginning(), at: ports.now() });
  return taken ? null : { kind: 'lost' };
}

/** A request whose process is gone may have been answered, and paid for. */
async function chargeInterrupted(desk: Desk): Promise<WorkEnd | null> {
  const { open } = desk.progress.spending;
  if (open === null) return null;
  const charged = await desk.append({
    type: 'unanswered',
    turn: open.turn,
    failure: failure('interrupted', 'the process that asked is gone, and with it the answer'),
    microUsd: open.ceilingMicroUsd,
    model: desk.agent.model.name,
    at: desk.ports.now(),
  });
  return charged ? null : { kind: 'lost' };
}

/** Null when there is a next step. */
async function takeStep(desk: Desk): Promise<WorkEnd | null> {
  const wanted = await desk.ports.control();
  if (wanted.state !== 'open') {
    const cancelled = failure('cancelled', `the ${wanted.of ?? 'run'} is ${wanted.state}: ${wanted.reason}`);
    return close(desk, { status: 'failed', failure: cancelled });
  }
  const step = nextStep(desk.progress);
  switch (step.kind) {
    case 'give-up':
      return handOver(desk, step.failure);
    case 'ask':
      return ask(desk, step.turn);
    case 'call':
      return callTool(desk, step.next);
  }
}
