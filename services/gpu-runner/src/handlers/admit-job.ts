/** A delivered job: load what is known of it, let the core decide, carry the decision out. */
import type { Delivery, Records } from '@modelwright/bus';
import type { Claim, Job, Worker } from '@modelwright/contracts';
import { workerKey } from '@modelwright/contracts';
import { takeClaim } from '../adapters/bus/claims.ts';
import { type Admission, admit } from '../core/admission.ts';
import { endingWithoutProgram } from '../core/ending.ts';
import { type Sighting, sight } from '../core/host-state.ts';
import type { JobState } from '../core/job-state.ts';
import type { Verdict } from '../core/queue-verdict.ts';
import type { FirstInLine } from './first-in-line.ts';
import type { RunnerPorts } from './job-context.ts';
import type { JobStarter } from './job-starter.ts';
import { knownOutcome, notify } from './phases/report.ts';
import type { QueueGate } from './queue-gate.ts';
import type { WaitingJobs } from './waiting-jobs.ts';

export interface AdmissionPorts extends RunnerPorts {
  readonly claims: Records<Claim>;
  readonly workers: Records<Worker>;
  readonly adoptionWindowMs: number;
}

/** What a job passes between its delivery and its start. */
export interface Queue {
  readonly gate: QueueGate;
  readonly line: FirstInLine;
  readonly waiting: WaitingJobs;
}

/** `no-room`: nothing else of its lane can start here either, for so long. */
export type Admitted = { readonly kind: 'settled' } | { readonly kind: 'no-room'; readonly forMs: number };

const SETTLED: Admitted = { kind: 'settled' };

/** Another runner was first: by the time this comes back it has begun, or is lost. */
const LOST_RACE_DELAY_MS = 2000;
/** What was free is not any more. */
const LOST_ROOM_DELAY_MS = 250;

export class JobAdmitter {
  readonly #ports: AdmissionPorts;
  readonly #starter: JobStarter;
  readonly #queue: Queue;
  /** Runner → its heartbeat as last seen. */
  readonly #sightings = new Map<string, Sighting>();

  constructor(ports: AdmissionPorts, starter: JobStarter, queue: Queue) {
    this.#ports = ports;
    this.#starter = starter;
    this.#queue = queue;
  }

  /**
   * Settles the delivery, or hands it to the life of the job, or to the line. Throws a TransientFailure when the bus is
   * away. `itsTurn`: it was the first in line, and has been weighed.
   */
  async admit(delivery: Delivery<Job>, itsTurn: boolean): Promise<Admitted> {
    const decision = await this.#decide(delivery.body);
    this.#tell(delivery.body, decision);
    switch (decision.kind) {
      case 'repeat':
        await notify(this.#ports, decision.outcome);
        await delivery.ack();
        return SETTLED;
      case 'attach':
        // Not yet alive, or about to be gone: it is being admitted on an older delivery, or cleared, at this moment.
        if (!this.#starter.inHand.attach(delivery)) await delivery.nak(LOST_RACE_DELAY_MS);
        return SETTLED;
      case 'later':
        await delivery.nak(decision.delayMs);
        return SETTLED;
      case 'claim':
        return await this.#place(delivery, decision, itsTurn);
      case 'close':
        if (this.#starter.inHand.letThrough(delivery.body)) {
          await this.#begin(delivery, decision, this.#closing(decision));
        } else await delivery.nak(LOST_RACE_DELAY_MS);
        return SETTLED;
    }
  }

  /** It is to be executed: here and now, or when, or where? */
  async #place(
    delivery: Delivery<Job>,
    decision: Extract<Admission, { kind: 'claim' }>,
    itsTurn: boolean,
  ): Promise<Admitted> {
    const { gate, line, waiting } = this.#queue;
    const job = delivery.body;
    const verdict: Verdict = itsTurn
      ? { kind: 'start', reason: 'it was first in line' }
      : await gate.weigh(delivery);
    switch (verdict.kind) {
      case 'start':
        if (!this.#starter.inHand.take(job)) {
          await delivery.nak(LOST_ROOM_DELAY_MS);
          return SETTLED;
        }
        waiting.forget(job.id);
        gate.started(job);
        await this.#begin(delivery, decision, { phase: 'fetching', attempt: decision.claim.attempt });
        return SETTLED;
      case 'first-in-line':
        line.hold(delivery, verdict.reason);
        break;
      case 'pass':
        waiting.note(job.id, verdict.reason);
        await delivery.nak(verdict.delayMs);
    }
    this.#tell(job, verdict);
    return verdict.kind === 'pass' && verdict.laneIsFull
      ? { kind: 'no-room', forMs: verdict.delayMs }
      : SETTLED;
  }

  /** The job has its room. */
  async #begin(
    delivery: Delivery<Job>,
    decision: Extract<Admission, { kind: 'claim' | 'close' }>,
    from: JobState,
  ): Promise<void> {
    const job = delivery.body;
    try {
      const claim = await takeClaim(this.#ports.claims, decision.claim, decision.revision);
      if (claim !== null) {
        if (decision.kind === 'close' && decision.end === 'lost') await delivery.deadLetter(decision.reason);
        this.#starter.begin(job, { claim, from, delivery });
        return;
      }
      this.#starter.inHand.release(job.id);
    } catch (error) {
      this.#starter.inHand.release(job.id);
      throw error;
    }
    await delivery.nak(LOST_RACE_DELAY_MS);
  }

  #tell(job: Job, { kind, reason }: Admission | Verdict): void {
    this.#starter.logger(job).info({ decision: kind, reason }, 'job delivered');
  }

  #closing(decision: Extract<Admission, { kind: 'close' }>): JobState {
    const ending = endingWithoutProgram(decision.end, decision.reason, this.#ports.clock());
    return { phase: 'collecting', attempt: decision.claim.attempt, ending };
  }

  async #decide(job: Job): Promise<Admission> {
    const { me, clock, control, claims, adoptionWindowMs } = this.#ports;
    const inHand = this.#starter.inHand.has(job.id);
    const [outcome, runControl, jobControl, claim] = await Promise.all([
      knownOutcome(this.#ports, { run: job.run, job: job.id }),
      control.run(job.run),
      control.job(job.id),
      claims.get(job.id),
    ]);
    const other = claim === null || claim.value.runner === me.runner ? null : claim.value.runner;
    const holder = other === null ? null : await this.#holder(other);
    const now = clock();
    return admit({ job, me, now, adoptionWindowMs, outcome, runControl, jobControl, claim, inHand, holder });
  }

  async #holder(runner: string): Promise<{ worker: Worker | null; sighting: Sighting }> {
    const worker = (await this.#ports.workers.get(workerKey('gpu-runner', runner)))?.value ?? null;
    const sighting = sight(this.#sightings.get(runner) ?? null, worker, this.#ports.clock());
    this.#sightings.set(runner, sighting);
    return { worker, sighting };
  }
}
