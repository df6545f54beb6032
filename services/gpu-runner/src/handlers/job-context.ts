/** What every phase of a job's life works with. */
import type { Bus } from '@modelwright/bus';
import type { Job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { Assets } from '../adapters/assets/assets.ts';
import type { HeldClaim } from '../adapters/bus/claims.ts';
import type { ControlBoard } from '../adapters/bus/control-board.ts';
import type { DeliverySeat } from '../adapters/bus/delivery-seat.ts';
import type { JobFolder } from '../adapters/disk/job-folder.ts';
import type { TreeCache } from '../adapters/disk/tree-cache.ts';
import type { Environments } from '../adapters/environments/environments.ts';
import type { Holder } from '../core/retry.ts';
import type { AcceleratorCare } from './accelerator-care.ts';
import type { Accelerators } from './accelerators.ts';
import type { Executor } from './executor.ts';

/** Of the runner, shared by all jobs. */
export interface RunnerPorts {
  readonly me: Holder;
  readonly streams: Bus['streams'];
  readonly store: Bus['store'];
  readonly executor: Executor;
  readonly accelerators: Accelerators;
  readonly care: AcceleratorCare;
  readonly trees: TreeCache;
  readonly environments: Environments;
  readonly assets: Assets;
  readonly control: ControlBoard;
  readonly checkpointMs: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** This process leaves; programs go on without it. */
  readonly leaving: AbortSignal;
  /** Programs are to save and end, so that other runners go on with them; the reason is a sentence without a subject. */
  readonly handOver: AbortSignal;
}

/** Of one job. */
export interface JobContext extends RunnerPorts {
  readonly job: Job;
  readonly folder: JobFolder;
  readonly claim: HeldClaim;
  readonly seat: DeliverySeat<Job>;
  readonly logger: Logger;
  /** Cancel this job: the program is to end. Not to be confused with `leaving`. */
  readonly cancelled: AbortSignal;
}

/** Why the job was cancelled, or is handed over. */
export function cancelReason(signal: AbortSignal): string {
  return typeof signal.reason === 'string' ? signal.reason : 'it was cancelled';
}
