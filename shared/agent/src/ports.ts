/** What the loop needs of the world. It knows neither bus nor disk. */
import type {
  AssignmentFinished,
  RunControl,
  TurnRecord,
  Version,
  WaitCondition,
} from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';

/**
 * The record of an assignment, as one holder sees it. An append is conditional on having seen all that is there: of two
 * holders one loses, and must stop.
 */
export interface Transcript {
  load(): Promise<readonly TurnRecord[]>;
  append(record: TurnRecord): Promise<'appended' | 'lost'>;
}

/** A candidate's files. Null for agents that have none. */
export interface WorkTree {
  /** Puts the files back to a recorded version; null: as the assignment began. `at` dates what has to be made for that. */
  restore(version: Version | null, at: number): Promise<void>;
  /**
   * The files as a version that outlives this process, the former one when nothing changed. When they are refused (too
   * large, a name that is not allowed) they are put back to the former version.
   */
  save(
    message: string,
    at: number,
  ): Promise<{ kind: 'saved'; version: Version } | { kind: 'refused'; reason: string }>;
}

/** The run's inbox. Telling it twice is harmless. */
export interface Inbox {
  parked(stop: number, condition: WaitCondition): Promise<void>;
  finished(final: AssignmentFinished): Promise<void>;
}

export interface Ports {
  readonly transcript: Transcript;
  readonly tree: WorkTree | null;
  readonly inbox: Inbox;
  /** What is wanted of the run, or of this assignment alone; of the run where nothing is said. */
  control(): Promise<Pick<RunControl, 'state' | 'reason'> & { readonly of?: 'run' | 'assignment' }>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Who works: written into `taken`. */
  readonly worker: string;
  readonly logger: Logger;
}
