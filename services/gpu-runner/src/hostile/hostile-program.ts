/** A program that means harm, and how it is told that it did none. */
import type { Job, JobEnd, JobLimits, JobOutcome } from '@modelwright/contracts';
import type { RunnerBench } from '../testing/runner-bench.ts';
import type { Scene } from './scene.ts';

export interface HostileProgram {
  /** What it does, as the name of a test: a program that … */
  readonly that: string;
  /** In `programs/`. */
  readonly file: string;
  /** How its job may end. */
  readonly ends: readonly JobEnd[];
  /** What the outcome's reason says. */
  readonly reason?: RegExp;
  /** How many things it tries by itself; each must have been refused. */
  readonly attempts?: number;
  readonly limits?: Partial<JobLimits>;
  /** Asks for its data, which is read-only. */
  readonly data?: true;
  /** What else must hold once its outcome is there. */
  readonly holds?: (after: Aftermath) => void | Promise<void>;
  /** Where it is known not to be contained, and why that is accepted. */
  readonly unless?: { readonly executor: string; readonly because: string };
  /** Without containment it gets something of what it wants: shown by running it so. */
  readonly bites?: true;
}

/** What there is to look at when a program is over. */
export interface Aftermath {
  readonly bench: RunnerBench;
  readonly scene: Scene;
  readonly job: Job;
  readonly outcome: JobOutcome;
  /** Paths of what it left, as stored. */
  readonly stored: readonly string[];
}
