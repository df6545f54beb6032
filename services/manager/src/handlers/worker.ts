/**
 * The manager's own workers: an assignment is done in one go and its final message sent.
 *
 * Doing it twice gives the same result, for all of it is derived from content, so a message that comes again is simply
 * worked again.
 */
import {
  type Bus,
  type Delivery,
  DONE,
  PermanentFailure,
  toFailure,
  type Verdict,
  workConsumer,
} from '@modelwright/bus';
import {
  type Assignment,
  type AssignmentFinished,
  assignment,
  assignmentFinished,
  inboxSubject,
  type Role,
  runControl,
  runControlKey,
  type Work,
  type WorkResult,
} from '@modelwright/contracts';
import { bind, type Logger } from '@modelwright/telemetry';

export interface WorkerPorts {
  readonly bus: Bus;
  readonly logger: Logger;
  /** This process is leaving. */
  readonly leaving: AbortSignal;
}

type WorkOf<R extends Role> = Extract<Work, { role: R }>;

export type WorkHandler = (delivery: Delivery<Assignment>) => Promise<Verdict>;

export function consumeWork<R extends Role>(
  ports: WorkerPorts,
  role: R,
  concurrency: number,
  doWork: (work: WorkOf<R>) => Promise<WorkResult>,
): Promise<void> {
  const options = { concurrency, signal: ports.leaving };
  return ports.bus.streams.consume(workConsumer(role), assignment, options, workHandler(ports, role, doWork));
}

export function workHandler<R extends Role>(
  { bus, logger }: Pick<WorkerPorts, 'bus' | 'logger'>,
  role: R,
  doWork: (work: WorkOf<R>) => Promise<WorkResult>,
): WorkHandler {
  const controls = bus.records('control', runControl);
  return async ({ body, envelope }: Delivery<Assignment>): Promise<Verdict> => {
    const control = await controls.get(runControlKey(body.run));
    if (control !== null && control.value.state !== 'open') return DONE;
    const log = bind(logger, { run: body.run, assignment: body.id });
    log.info({ role }, 'working');
    const outcome = await outcomeOf(() => doWork(workFor(role, body)), role);
    if (outcome.status === 'failed') log.warn({ failure: outcome.failure }, 'the assignment failed');
    await bus.streams.publish({
      definition: assignmentFinished,
      subject: inboxSubject(body.run),
      body: {
        type: 'assignment-finished',
        run: body.run,
        assignment: body.id,
        spent: { turns: 0, microUsd: 0, byModel: {} },
        notes: [],
        outcome,
      },
      messageId: `${body.id}:finished`,
      cause: envelope.messageId,
      run: body.run,
    });
    return DONE;
  };
}

function workFor<R extends Role>(role: R, { work }: Assignment): WorkOf<R> {
  if (!isFor(role, work))
    throw new PermanentFailure('wrong-role', `work of a ${work.role} was sent to a ${role}`);
  return work;
}

function isFor<R extends Role>(role: R, work: Work): work is WorkOf<R> {
  return work.role === role;
}

/** A permanent failure is an answer to the run; everything else is for the bus to retry or to give up. */
async function outcomeOf(
  doWork: () => Promise<WorkResult>,
  role: Role,
): Promise<AssignmentFinished['outcome']> {
  try {
    return { status: 'done', result: await doWork() };
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return { status: 'failed', failure: toFailure(error, role) };
  }
}
