/** The end of an assignment: recorded first, then told to the run. */
import type { AssignmentFinished, Failure } from '@modelwright/contracts';
import { notesIn } from './core/notes.ts';
import { spentAtMost } from './core/spending.ts';
import type { Desk } from './desk.ts';
import type { WorkEnd } from './work-end.ts';

export async function close(desk: Desk, outcome: AssignmentFinished['outcome']): Promise<WorkEnd> {
  const { assignment, ports, progress } = desk;
  const { turns, spending } = progress;
  const final: AssignmentFinished = {
    type: 'assignment-finished',
    run: assignment.run,
    assignment: assignment.id,
    spent: { turns, microUsd: spentAtMost(spending), byModel: spending.byModel },
    notes: notesIn(desk.transcript),
    outcome,
  };
  if (!(await desk.append({ type: 'finished', final, at: ports.now() }))) return { kind: 'lost' };
  const reason = outcome.status === 'failed' ? outcome.failure.message : 'done';
  ports.logger.info({ spent: final.spent, status: outcome.status }, `assignment finished: ${reason}`);
  await ports.inbox.finished(final);
  return { kind: 'finished', final };
}

/** Ends by a limit: with what the agent has so far, where that is worth something. */
export async function handOver(desk: Desk, limit: Failure): Promise<WorkEnd> {
  await desk.prepareTree();
  const handed = (await desk.agent.handOver?.(desk.transcript)) ?? null;
  if (handed === null) return close(desk, { status: 'failed', failure: limit });
  desk.ports.logger.info({ limit: limit.kind }, `${limit.message}; handing over: ${handed.content}`);
  return close(desk, { status: 'done', result: handed.result });
}
