/** What goes wrong on a simulated farm, and what takes how long. */
import type { Assignment, Job, PreparedData } from '@modelwright/contracts';
import type { Decide } from './paid-work.ts';

export interface Faults {
  /** Assignments whose id contains one of these fail. */
  readonly failing?: readonly string[];
  /** Jobs whose id contains one of these fail. */
  readonly failingJobs?: readonly string[];
  /** Jobs whose id contains one of these are lost with their host. */
  readonly lostJobs?: readonly string[];
  /** The refitted deliverable does not reproduce its record. */
  readonly unprovable?: boolean;
  /** So many refits say something else than the scored model. */
  readonly disagreeing?: number;
  readonly blendWins?: boolean;
  /** By how much candidates score better when they are trained with another seed. */
  readonly reseeded?: Readonly<Record<string, number>>;
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
  /** How long a job takes, seconds; one where nothing is said. A job that takes longer than it may is timed out. */
  readonly secondsOf?: (job: string) => number;
  /** Candidates of which no model can be proved. */
  readonly unprovableCandidates?: readonly string[];
  readonly prepared?: Partial<PreparedData>;
  /** Candidates that are suspicious from what they did so far, by the action of the grader that finds it. */
  readonly suspicious?: Readonly<Partial<Record<'score' | 'audit', readonly string[]>>>;
}
