/** Starting one trusted program that reads its request from standard input and writes its answer to standard output. */
export interface Program {
  /** The interpreter first, as an absolute path. */
  readonly argv: readonly [string, ...string[]];
  readonly stdin: string;
  /** Files and folders it must be able to read: absolute paths, which it is given as they are. */
  readonly reads: readonly string[];
  /** Folders it writes to; they exist. */
  readonly writes: readonly string[];
  readonly limits: LaunchLimits;
}

export interface LaunchLimits {
  /** Wall clock; then the program is killed. */
  readonly seconds: number;
  /** Kept by launchers that contain; a plain process has the machine's. */
  readonly memoryBytes: number;
}

export interface Ended {
  /** Null when it did not end by itself. */
  readonly exitCode: number | null;
  /** Why it did not end by itself, as a phrase: `was killed by SIGSEGV`, `took longer than 60 s`. */
  readonly stopped: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Rejects with the signal's reason when aborted, and when the program cannot be started. */
export type Launch = (program: Program, signal?: AbortSignal) => Promise<Ended>;

/** Of either output stream; an answer is far smaller. */
export const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The whole environment of the program. One thread: sums then come out the same everywhere. */
export const LAUNCH_ENVIRONMENT: Readonly<Record<string, string>> = {
  LANG: 'C.UTF-8',
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
};
