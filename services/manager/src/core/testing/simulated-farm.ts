/**
 * A farm that exists in memory alone: it answers a run's effects with the messages that agents, runners and the grader
 * would send, in an order drawn by the caller. Scores are fixed by the candidate, so that the order must not matter.
 */
import type { Assignment, InboxMessage, Job, RunEffect, RunEvent, WorkResult } from '@modelwright/contracts';
import { decide } from '../decide.ts';
import { accept, EMPTY_LOG, type RunLog } from '../fold.ts';
import type { RunSubmitted } from '../run-state.ts';
import { type Decide, spentOn } from './paid-work.ts';
import {
  data,
  jobFinished,
  oofOf,
  plan,
  RUN,
  scoreOf,
  submitted,
  TASK,
  trained,
  tree,
  version,
} from './samples.ts';

type GraderAction = Extract<Assignment['work'], { role: 'grader' }>['action'];

export interface Faults {
  /** Assignments whose id contains one of these fail. */
  readonly failing?: readonly string[];
  /** Jobs whose id contains one of these fail. */
  readonly failingJobs?: readonly string[];
  /** The refitted deliverable does not reproduce its record. */
  readonly unprovable?: boolean;
  /** So many refits say something else than the scored model. */
  readonly disagreeing?: number;
  readonly blendWins?: boolean;
  /** Candidates are trained on data derived from the training data. */
  readonly derives?: boolean;
  /** What the task names as assets. */
  readonly assets?: Job['assets'];
  /** Only the work of language models fails. */
  readonly modelsOnly?: boolean;
  /** Kind of the failures. */
  readonly kind?: string;
  /** What a language model spends of a grant, micro-USD; a tenth where nothing is said. */
  readonly spends?: (assignment: Assignment) => number;
  /** What a manager model decides; nothing where nothing is said. */
  readonly decides?: Decide;
  /** Assignments whose id contains one of these are never answered. */
  readonly silent?: readonly string[];
  /** Assignments that somebody else answers, who says so with `inject`. */
  readonly elsewhere?: (assignment: Assignment) => boolean;
}

/** What waits to be delivered to the run, by a name that says what it is. */
interface Pending {
  readonly id: string;
  readonly message: InboxMessage;
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
    this.#pending.push({ id: `job-finished:${job}`, message: jobFinished(job, true) });
  }

  #answerJob(job: Job): void {
    const fails = (this.#faults.failingJobs ?? []).some((part) => job.id.includes(part));
    this.#pending.push({ id: `job-finished:${job.id}`, message: jobFinished(job.id, !fails) });
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

  #assets(): { assets?: Job['assets'] } {
    return this.#faults.assets === undefined ? {} : { assets: this.#faults.assets };
  }

  #result({ work, candidate }: Assignment): WorkResult {
    switch (work.role) {
      case 'setup':
        return {
          role: 'setup',
          data: { ...data(), ...this.#assets() },
          task: work.task === null ? TASK : null,
        };
      case 'manager':
        return { role: 'manager', actions: this.#faults.decides?.(work) ?? [], reason: 'as the script says' };
      case 'designer':
        return { role: 'designer', plans: Array.from({ length: work.count }, (_, n) => plan(`plan ${n}`)) };
      case 'coder':
        return {
          role: 'coder',
          plan: work.plan ?? plan('floor'),
          version: {
            ...version(candidate),
            ...(this.#faults.derives === true ? { derived: tree('derived') } : {}),
          },
          smokeSeconds: 1,
        };
      case 'tuner':
        return {
          role: 'tuner',
          trained: { ...trained(candidate), version: work.version },
          trials: [{ job: 'j', config: {}, outcome: 'finished', oof: oofOf(candidate), seconds: 1 }],
          reason: 'best',
        };
      case 'aggregator':
        return {
          role: 'aggregator',
          blend: { plan: plan('blend'), trained: trained('blend'), weights: { c1: 0.5, c2: 0.5 } },
          reason: 'together',
        };
      case 'grader':
        return this.#grade(work.action, candidate);
      case 'delivery':
        return { role: 'delivery', deliverable: tree('deliverable'), requirements: 'numpy', notes: [] };
    }
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
      comparison:
        candidate === 'blend'
          ? { against: 'c1', difference: 0.1, standardError: 0.01, better: this.#faults.blendWins === true }
          : null,
      submission: null,
      diagnosis: null,
      agree: this.#agrees(action, refitted),
      notes: [],
    };
  }

  #agrees(action: GraderAction, refitted: boolean): boolean | null {
    if (action === 'agreement') return (this.#faults.disagreeing ?? 0) < this.#count('agreement');
    return action === 'reproduce' ? !(this.#faults.unprovable === true && refitted) : null;
  }

  #count(part: string): number {
    return [...this.assignmentsSent.keys()].filter((id) => id.includes(`_${part}_`)).length;
  }
}
