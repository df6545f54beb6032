/**
 * What a run is, as far as decisions are concerned: the fold of its log.
 *
 *     unborn → open (preparing → searching → aggregating → refitting → verifying) → ended
 */
import type {
  Assignment,
  Grant,
  Hardware,
  InboxMessage,
  Player,
  PreparedData,
  Role,
  Score,
  Task,
  TreeRef,
  WaitCondition,
} from '@modelwright/contracts';
import type { Candidate } from './candidate.ts';
import type { Ledger } from './ledger.ts';

export type RunSubmitted = Extract<InboxMessage, { type: 'run-submitted' }>;

/** `waits` holds what a stopped assignment waits for; it is sent again when that has come to pass. */
export type AssignmentState = {
  readonly id: string;
  readonly role: Role;
  readonly action: string;
  readonly candidate: string;
  /** Highest stop seen, 0 before the first. */
  readonly stops: number;
  /** Null for the manager's own programs. */
  readonly player: Player | null;
  readonly grant: Grant | null;
  readonly openedAt: number;
} & (
  | { readonly stage: 'working' }
  | { readonly stage: 'stopped'; readonly waits: WaitCondition }
  | {
      readonly stage: 'closed';
      readonly failure: string | null;
      /** Its final message has not come, and may still come. */
      readonly provisional: boolean;
      /** From its order until its end was known, seconds; null where that is not known. */
      readonly took: number | null;
    }
);

export type JobState = { readonly id: string } & (
  | {
      readonly stage: 'open';
      readonly candidate: string;
      readonly purpose: string;
      readonly openedAt: number;
    }
  | {
      readonly stage: 'closed';
      /** Null for jobs of agents: the run first hears of them when they have ended. */
      readonly ordered: { readonly candidate: string; readonly purpose: string } | null;
      /** From its order until its end was known, seconds; null where that is not known. */
      readonly took: number | null;
      readonly end: string;
      readonly reason: string;
      readonly seconds: number;
      readonly output: TreeRef | null;
      readonly isolation: 'contained' | 'partial' | 'none';
    }
);

/** The model that will be delivered, from its choice to its proof. */
export interface ChosenModel {
  readonly output: TreeRef;
  readonly refitted: boolean;
  /** Raw predictions on the proof rows, to be reproduced from the deliverable; null until made. */
  readonly record: TreeRef | null;
  readonly test: TreeRef | null;
  /** Whether it was found to say what the scored model says; null until compared. */
  readonly agrees: boolean | null;
}

export type Holdout =
  | { readonly kind: 'unopened' }
  | { readonly kind: 'opened'; readonly score: Score }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface Winner {
  readonly candidate: string;
  readonly holdout: Holdout;
  readonly model: ChosenModel | null;
  /** How many models were chosen: after a refit that cannot be proved the scored model is the second. */
  readonly choices: number;
  /** Models that were chosen before and given up, by sha256 of their output. */
  readonly givenUp: readonly string[];
  /** Winners before it, none of whose models could be proved. */
  readonly before: readonly string[];
}

export interface Deliverable {
  readonly tree: TreeRef;
  readonly requirements: string;
}

export type PhaseState =
  | { readonly name: 'preparing' }
  | { readonly name: 'searching'; readonly data: PreparedData }
  | { readonly name: 'aggregating'; readonly data: PreparedData }
  | { readonly name: 'refitting'; readonly data: PreparedData; readonly winner: Winner }
  | {
      readonly name: 'verifying';
      readonly data: PreparedData;
      readonly winner: Winner;
      readonly deliverable: Deliverable;
    };

export interface OpenRun {
  readonly stage: 'open';
  readonly submitted: RunSubmitted;
  /** As submitted, or as setup proposed it; null until then. */
  readonly task: Task | null;
  readonly startedAt: number;
  readonly deadline: number;
  readonly phase: PhaseState;
  readonly candidates: Readonly<Record<string, Candidate>>;
  readonly assignments: Readonly<Record<string, AssignmentState>>;
  /** What was assigned, word for word, so that a stopped assignment can be sent again. */
  readonly assigned: Readonly<Record<string, Assignment>>;
  readonly jobs: Readonly<Record<string, JobState>>;
  readonly best: { readonly candidate: string; readonly score: Score } | null;
  /** How many versions the hidden labels have judged. */
  readonly queries: number;
  /** Slots for trainings on live runners, as last counted. */
  readonly slots: number;
  /** On live runners, as last counted: by model, the most that one of them has. */
  readonly accelerators: Hardware['accelerators'];
  readonly ledger: Ledger;
  /** Failures of models in a row, by role. */
  readonly strikes: Readonly<Partial<Record<Role, number>>>;
  /** Roles that the playbook answers for from now on. */
  readonly takenOver: readonly Role[];
  /** Why no more is begun; null while the search goes on. */
  readonly stopped: string | null;
  /** What the user asked for when the best so far was to be delivered at once; null as long as nobody did. */
  readonly finishing: { readonly reason: string; readonly refit: boolean } | null;
  /** What agents have noted about the data, oldest first. */
  readonly insights: readonly string[];
  /** Reasons of the last decisions. */
  readonly recent: readonly string[];
  /** How often a candidate has changed its stage. */
  readonly changes: number;
  /** When the manager model was last asked, and what it could see then. */
  readonly shown: Shown | null;
}

export interface Shown {
  readonly at: number;
  readonly settled: number;
  readonly changes: number;
}

/** What agents spent without having said so yet is still told when they do. */
export interface EndedRun {
  readonly stage: 'ended';
  readonly submitted: RunSubmitted;
  readonly outcome: 'finished' | 'failed' | 'cancelled';
  readonly assignments: Readonly<Record<string, AssignmentState>>;
  readonly ledger: Ledger;
}

export type RunState = { readonly stage: 'unborn' } | OpenRun | EndedRun;

/** Slots assumed until the first count arrives. */
export const SLOTS_BEFORE_COUNT = 2;
