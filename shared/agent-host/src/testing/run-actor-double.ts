/** Stands for the run actor: sends assignments, and sends them again when what they wait for has come to pass. */
import { type Bus, DONE, runInboxConsumer, type Verdict } from '@modelwright/bus';
import {
  type Assignment,
  type AssignmentFinished,
  assignment as assignmentMessage,
  type InboxMessage,
  inboxDefinitions,
  type RunId,
  workSubject,
} from '@modelwright/contracts';

type Parked = Extract<InboxMessage, { type: 'assignment-parked' }>;

export class RunActorDouble {
  /** Every stop that was told, in order. */
  readonly stops: Parked[] = [];
  readonly ended = new Set<string>();
  readonly complaints: string[] = [];
  readonly #bus: Bus;
  readonly #sent = new Map<string, Assignment>();
  readonly #finals = new Map<string, PromiseWithResolvers<AssignmentFinished>>();
  readonly #stopped = new Map<number, PromiseWithResolvers<void>>();
  readonly #resumed = new Set<string>();
  readonly #done: Promise<void>;

  constructor(bus: Bus, run: RunId, signal: AbortSignal) {
    this.#bus = bus;
    const definitions = Object.values(inboxDefinitions);
    this.#done = bus.streams.consume(
      runInboxConsumer(run),
      definitions,
      { concurrency: 1, signal },
      (delivery) => this.#hear(delivery.body),
    );
  }

  /** Resolves when it no longer listens, after the signal. */
  get done(): Promise<void> {
    return this.#done;
  }

  async assign(work: Assignment): Promise<AssignmentFinished> {
    this.#sent.set(work.id, work);
    await this.#send(work, work.id);
    return await this.#final(work.id).promise;
  }

  /** Resolves when some assignment has told its stop of that number. */
  async stopped(stop: number): Promise<void> {
    if (this.stops.some((one) => one.stop === stop)) return;
    const told = this.#stopped.get(stop) ?? Promise.withResolvers<void>();
    this.#stopped.set(stop, told);
    await told.promise;
  }

  /** Sends an assignment again before its time, or after it. */
  async sendAgain(id: string): Promise<void> {
    const work = this.#sent.get(id);
    if (work !== undefined) await this.#send(work, `${id}:again:${crypto.randomUUID()}`);
  }

  async #hear(message: InboxMessage): Promise<Verdict> {
    if (message.type === 'assignment-parked') {
      this.stops.push(message);
      this.#stopped.get(message.stop)?.resolve();
    }
    if (message.type === 'job-finished') this.ended.add(message.job);
    if (message.type === 'assignment-finished') this.#final(message.assignment).resolve(message);
    if (message.type === 'attention-needed') this.complaints.push(message.reason);
    for (const stop of this.stops) await this.#resume(stop);
    return DONE;
  }

  async #resume({ assignment, stop, condition }: Parked): Promise<void> {
    const work = this.#sent.get(assignment);
    const name = `${assignment}:resume:${stop}`;
    if (work === undefined || this.#resumed.has(name) || !condition.jobs.every((job) => this.ended.has(job)))
      return;
    this.#resumed.add(name);
    await this.#send(work, name);
  }

  async #send(body: Assignment, messageId: string): Promise<void> {
    const { run } = body;
    const subject = workSubject(body.work.role, 'normal', run);
    await this.#bus.streams.publish({ definition: assignmentMessage, subject, body, messageId, run });
  }

  #final(assignment: string): PromiseWithResolvers<AssignmentFinished> {
    const known = this.#finals.get(assignment) ?? Promise.withResolvers<AssignmentFinished>();
    this.#finals.set(assignment, known);
    return known;
  }
}
