/** The port to whatever really runs programs: processes or containers on this host. */
import type { Job } from '@modelwright/contracts';
import type { BuildSandbox } from '../adapters/environments/build-sandbox.ts';
import type { Found } from '../core/adoption.ts';
import type { Ending } from '../core/job-state.ts';

/** The places of one execution; a path is null where the program gets nothing of the kind. */
export interface Places {
  /** Kept by the executor: its own records, and what the program says. Readable by `readOutput`. */
  readonly record: string;
  readonly work: string;
  readonly out: string;
  readonly data: string | null;
  readonly inputs: string | null;
  readonly resume: string | null;
  readonly assets: string | null;
}

/** An accelerator that an execution holds: the program sees this one and no other. */
export interface HeldAccelerator {
  readonly uuid: string;
  readonly vendor: 'nvidia' | 'amd';
  /** Device files on the host that lead to it, those shared by all of its kind included. */
  readonly deviceFiles: readonly string[];
  /** On the host; locked by the supervisor for as long as anything of the execution lives. */
  readonly lockFile: string;
  /** Whether others may hold it too. */
  readonly shared: boolean;
}

/** Everything about one attempt of a job. */
export interface Execution {
  readonly job: Job;
  readonly attempt: number;
  /** Of the claim, at the start. */
  readonly claimRevision: number;
  readonly places: Places;
  readonly environment: Environment;
  readonly accelerators: readonly HeldAccelerator[];
}

/** A Python environment as a program needs it. */
export interface Environment {
  readonly python: string;
  /** Folders beyond the environment's own that its packages come from. */
  readonly folders: readonly string[];
  readonly notes: readonly string[];
}

export interface Isolation {
  readonly level: 'contained' | 'partial' | 'none';
  readonly notes: string[];
  /** Whether programs run as a user other than this process. */
  readonly ownUser: boolean;
}

/** Nothing was started: another job of this host holds an accelerator that the execution was to have. */
export interface NotNow {
  readonly notNow: string;
}

/** Held by something that lives on this host, whoever of its runners has started it. */
export interface TakenAccelerator {
  readonly uuid: string;
  readonly job: string;
  readonly runner: string;
}

export interface Executor {
  readonly name: 'process' | 'docker';
  /** Where environments for its programs are made. */
  readonly builds: BuildSandbox;
  /** What this host can contain, found out by trying. */
  probe(): Promise<Isolation>;
  /** Starts the program in the background: it outlives this process. An ending when it could not be started. */
  start(execution: Execution): Promise<Ending | NotNow | null>;
  /** What became of an execution, after sweeping up behind anything that was killed. */
  state(record: string): Promise<Found>;
  /** The ending as soon as there is one; null when `signal` aborts first. */
  ending(record: string, signal: AbortSignal): Promise<Ending | null>;
  /** Asks the program to end; the first reason counts. Null: the job's own grace. */
  stop(record: string, reason: string, graceSeconds: number | null): Promise<void>;
  /** Copies a folder that the running program may be changing, to a new folder, without being led out of it. */
  snapshot(source: string, target: string, maxBytes: number): Promise<void>;
  /** Accelerators that live executions of this kind hold by their own account, which outlives books and locks. */
  taken(): Promise<readonly TakenAccelerator[]>;
  /** Removes what an earlier process left and nobody can want; tells what that was. */
  sweep(): Promise<readonly string[]>;
}
