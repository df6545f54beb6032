/** What a service brings and what it gets. */
import type { Bus } from '@modelwright/bus';
import type { Worker } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { z } from 'zod';
import type { CommonConfig } from './config.ts';

/** The process's own record in KV `workers`: written at every change and at every heartbeat. */
export interface WorkerBeacon {
  readonly name: string;
  /** Drawn at the start of this process. */
  readonly process: string;
  /** Runners only: what is shown to the manager and to people. */
  setRunner(runner: NonNullable<Worker['runner']>): void;
}

export interface ServiceContext<Extra> {
  readonly bus: Bus;
  readonly config: Readonly<CommonConfig & Extra>;
  readonly logger: Logger;
  /** This process is leaving: take nothing new. It says nothing about the work in hand. */
  readonly leaving: AbortSignal;
  readonly worker: WorkerBeacon;
}

export interface RunningService {
  /** Resolves when what was in hand is done or handed over. Called once, after `leaving`. */
  drain(): Promise<void>;
}

export interface ServiceDefinition<Extra> {
  readonly service: Worker['service'];
  /** Parses the whole environment, whose keys are the variables' names. */
  readonly extraConfig: z.ZodType<Extra>;
  /** In place of waiting until somebody has applied the topology: the manager applies it itself. */
  prepare?(context: Pick<ServiceContext<Extra>, 'bus' | 'config' | 'logger'>): Promise<void>;
  start(context: ServiceContext<Extra>): Promise<RunningService>;
}
