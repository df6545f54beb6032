/** A delivered job: load what is known of it, let the core decide, carry the decision out. */
import type { Delivery, Records } from '@modelwright/bus';
import type { Claim, Job, Worker } from '@modelwright/contracts';
import { workerKey } from '@modelwright/contracts';
import { takeClaim } from '../adapters/bus/claims.ts';
import { type Admission, admit } from '../core/admission.ts';
import { endingWithoutProgram } from '../core/ending.ts';
import { type Sighting, sight } from '../core/host-state.ts';
import type { JobState } from '../core/job-state.ts';
import type { RunnerPorts } from './job-context.ts';
import type { JobStarter } from './job-starter.ts';
import { knownOutcome, notify } from './phases/report.ts';

export interface AdmissionPorts extends RunnerPorts {
  readonly claims: Records<Claim>;
  readonly workers: Records<Worker>;
  readonly adoptionWindowMs: number;
}

/** Another runner was first: by the time this comes back it has begun, or is lost. */
const LOST_RACE_DELAY_MS = 2000;

export class JobAdmitter {
  readonly #ports: AdmissionPorts;
  readonly #starter: JobStarter;
  /** Runner → its heartbeat as last seen. */
  readonly #sightings = new Map<string, Sighting>();

  constructor(ports: AdmissionPorts, starter: JobStarter) {
    this.#ports = ports;
    this.#starter = starter;
  }

  /** Settles the delivery, or hands it to the life of the job. Throws a TransientFailure when the bus is away. */
  async admit(delivery: Delivery<Job>): Promise<void> {
    const decision = await this.#decide(delivery.body);
    this.#starter
      .logger(delivery.body)
      .info({ decision: decision.kind, reason: decision.reason }, 'job delivered');
    switch (decision.kind) {
      case 'repeat':
        await notify(this.#ports, decision.outcome);
        await delivery.ack();
        return;
      case 'attach':
        // Not yet alive: it is being admitted on an older delivery at this moment.
        if (!this.#starter.inHand.attach(delivery)) await delivery.nak(LOST_RACE_DELAY_MS);
        return;
      case 'later':
        await delivery.nak(decision.delayMs);
        return;
      case 'claim':
        await this.#begin(delivery, decision, { phase: 'fetching', attempt: decision.claim.attempt });
        return;
      case 'close':
        await this.#begin(delivery, decision, this.#closing(decision));
        return;
    }
  }

  async #begin(
    delivery: Delivery<Job>,
    decision: Extract<Admission, { kind: 'claim' | 'close' }>,
    from: JobState,
  ): Promise<void> {
    const job = delivery.body;
    if (!this.#starter.inHand.take(job)) {
      await delivery.nak(LOST_RACE_DELAY_MS);
      return;
    }
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
