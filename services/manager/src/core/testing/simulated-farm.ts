/**
 * A farm that exists in memory alone: it answers a run's effects with the messages that agents, runners and the grader
 * would send, in an order drawn by the caller. Scores are fixed by the candidate, so that the order must not matter.
 */
import type { Assignment, InboxMessage, Job, RunEffect, RunEvent, WorkResult } from '@modelwright/contracts';
import { decide } from '../decide.ts';
import { accept, EMPTY_LOG, type RunLog } from '../fold.ts';
import type { RunSubmitted } from '../run-state.ts';
import { comparedWithBest } from './compared.ts';
import type { Faults } from './faults.ts';
import { spentOn } from './paid-work.ts';

export type { Faults } from './faults.ts';

import { believed } from './believed.ts';
import { jobEnded, RUN, scoreOf, submitted } from './samples.ts';
import { resultOf } from './work-results.ts';

type GraderAction = Extract<Assignment['work'], { role: 'grader' }>['action'];

/** What waits to be delivered to the run, by a name that says what it is. */
interface Pending {
  readonly id: string;
  message: InboxMessage;
}

export class SimulatedFarm {
  log: RunLog = EMPTY_LOG;
  now = 1_000_000;
  readonly jobsSent = new Map<string, number>();
  readonly assignmentsSent = new Map<string, number>();
  /** As they were sent. */
  readonly assigned = new Map<string, Assignment>();
  /** What was truly spent, by assignment, micro-USD: said or not. */
  readonly spent = new Map<string, number>();
  /** Assignments that were to be ended. */
  readonly cancelled = new Set<string>();
  readonly records: Parameters<typeof accept>[1][] = [];
  readonly #faults: Faults;
  readonly #pending: Pending[] = [];
  readonly #delivered: Pending[] = [];

  constructor(faults: Faults = {}) {
    this.#faults = faults;
  }

  get pending(): number {
    return this.#pending.length;
  }

  /** Names of what waits to be delivered, in the order in which it was sent. */
  get waiting(): string[] {
    return this.#pending.map(({ id }) => id);
  }

  /** Seconds that a job takes which has been sent. */
  tookOf(job: string): number {
    const message = this.#pending.find(({ id }) => id === `job-finished:${job}`)?.message;
    return message?.type === 'job-finished' ? message.wallSeconds : 0;
  }

  get events(): RunEvent[] {
    return this.records.flatMap(({ body }) => body.events);
  }

  submit(message: RunSubmitted = submitted()): void {
    this.#pending.push({ id: 'submit', message });
  }

  /** Delivers one waiting message, the `draw`th modulo their number, and lets the farm answer. */
  deliver(draw: number): void {
    const [next] = this.#pending.splice(draw % this.#pending.length, 1);
    if (next === undefined) return;
    this.#delivered.push(next);
    this.#hand(next);
  }

  /** Delivers what waits under that name. */
  deliverNamed(id: string): void {
    const place = this.#pending.findIndex((one) => one.id === id);
    if (place >= 0) this.deliver(place);
  }

  /** Delivers a message that was delivered before, as after a lost ack. */
  redeliver(draw: number): void {
    const again = this.#delivered[draw % Math.max(1, this.#delivered.length)];
    if (again !== undefined) this.#hand(again);
  }

  /** Delivers any message at all under a new id. */
  inject(message: InboxMessage): void {
    this.#hand({ id: `injected-${this.log.last}-${JSON.stringify(message)}`, message });
  }

  tick(ms: number): void {
    this.now += ms;
    this.#hand({ id: `tick-${this.now}`, message: { type: 'tick', run: RUN, now: this.now, slots: 2 } });
  }

  #hand({ id, message }: Pending): void {
    const known = this.log.causes[id];
    if (known !== undefined) {
      this.#perform(this.#effectsOf(known), true);
      return;
    }
    const decision = decide(this.log.state, message, this.now);
    if (decision === null) return;
    const record = {
      previous: this.log.last,
      cause: { messageId: id, type: message.type, message },
      at: this.now,
      reason: decision.reason,
      events: [...decision.events],
      effects: [...decision.effects],
    };
    const stored = { sequence: this.log.last + 3, body: record };
    this.records.push(stored);
    this.log = accept(this.log, stored);
    this.#perform(record.effects, false);
  }

  #effectsOf(sequence: number): readonly RunEffect[] {
    return this.records.find((one) => one.sequence === sequence)?.body.effects ?? [];
  }

  #perform(effects: readonly RunEffect[], again: boolean): void {
    for (const effect of effects) {
      if (effect.type === 'assign') {
        const { id } = effect.assignment;
        this.assignmentsSent.set(id, (this.assignmentsSent.get(id) ?? 0) + 1);
        this.assigned.set(id, effect.assignment);
        if (!again) this.#answerAssignment(effect.assignment);
      } else if (effect.type === 'submit-job') {
        this.jobsSent.set(effect.job.id, (this.jobsSent.get(effect.job.id) ?? 0) + 1);
        if (!again) this.#answerJob(effect.job);
      } else if (effect.type === 'cancel-assignment') {
        this.cancelled.add(effect.assignment);
      } else if (effect.type === 'cancel-job') {
        const running = this.#pending.find(({ id }) => id === `job-finished:${effect.job}`);
        if (running !== undefined) running.message = jobEnded(effect.job, 'cancelled', 1);
      } else if (effect.type === 'resume') {
        const of = this.log.state.stage === 'open' ? this.log.state.assigned[effect.assignment] : undefined;
        if (of !== undefined && !again) this.#finish(of);
      }
    }
  }

  #answerAssignment(assignment: Assignment): void {
    if (this.#faults.elsewhere?.(assignment) === true) return;
    if ((this.#faults.silent ?? []).some((part) => assignment.id.includes(part))) return;
    if (assignment.work.role !== 'tuner') {
      this.#finish(assignment);
      return;
    }
    const job = `${assignment.id}_1_0`;
    this.#pending.push({
      id: `${assignment.id}:parked:1`,
      message: {
        type: 'assignment-parked',
        run: RUN,
        assignment: assignment.id,
        stop: 1,
        condition: { jobs: [job], until: null },
      },
    });
    const seconds = this.#secondsOf(job);
    this.#pending.push({ id: `job-finished:${job}`, message: jobEnded(job, 'finished', seconds) });
  }

  #answerJob(job: Job): void {
    const names = (parts: readonly string[] = []) => parts.some((part) => job.id.includes(part));
    const { failingJobs, lostJobs } = this.#faults;
    const seconds = this.#secondsOf(job.id);
    const late = seconds > job.limits.wallSeconds;
    const itself = late ? 'timed-out' : names(failingJobs) ? 'failed' : 'finished';
    const end = names(lostJobs) ? 'lost' : itself;
    const took = Math.min(seconds, job.limits.wallSeconds);
    this.#pending.push({ id: `job-finished:${job.id}`, message: jobEnded(job.id, end, took) });
  }

  #secondsOf(job: string): number {
    return this.#faults.secondsOf?.(job) ?? 1;
  }

  #finish(assignment: Assignment): void {
    const spent = spentOn(assignment, this.#faults.spends);
    this.spent.set(assignment.id, spent.microUsd);
    const kind = this.#faults.kind ?? 'planted';
    const failure = { kind, message: 'planted', retryable: false, origin: 'farm', causes: [] };
    this.#pending.push({
      id: `${assignment.id}:finished`,
      message: {
        type: 'assignment-finished',
        run: RUN,
        assignment: assignment.id,
        spent,
        notes: [`noted by ${assignment.id}`],
        outcome: this.#fails(assignment)
          ? { status: 'failed', failure }
          : { status: 'done', result: this.#result(assignment) },
      },
    });
  }

  #fails({ id, player }: Assignment): boolean {
    const named = (this.#faults.failing ?? []).some((part) => id.includes(part));
    return named && (player.kind === 'models' || this.#faults.modelsOnly !== true);
  }

  #result(assignment: Assignment): WorkResult {
    const { id, work, candidate } = assignment;
    return work.role === 'grader'
      ? this.#grade(work.action, candidate)
      : resultOf({ ...assignment, work }, this.#faults, this.#secondsOf(`${id}_1_0`));
  }

  #grade(action: GraderAction, candidate: string): WorkResult {
    const state = this.log.state;
    const refitted =
      state.stage === 'open' &&
      state.phase.name === 'verifying' &&
      state.phase.winner.model?.refitted === true;
    return {
      role: 'grader',
      score: action === 'score' || action === 'holdout' ? scoreOf(candidate) : null,
      comparison: action === 'score' ? comparedWithBest(this.log.state, candidate, this.#faults) : null,
      submission: null,
      diagnosis: null,
      agree: this.#agrees(action, candidate, refitted),
      notes: [],
      ...(action === 'score' || action === 'audit' ? believed(this.#faults, action, candidate) : {}),
    };
  }

  #agrees(action: GraderAction, candidate: string, refitted: boolean): boolean | null {
    if (action === 'agreement') return (this.#faults.disagreeing ?? 0) < this.#count('agreement');
    if (action !== 'reproduce') return null;
    const never = this.#faults.unprovableCandidates?.includes(candidate) === true;
    return !never && !(this.#faults.unprovable === true && refitted);
  }

  #count(part: string): number {
    return [...this.assignmentsSent.keys()].filter((id) => id.includes(`_${part}_`)).length;
  }
}
