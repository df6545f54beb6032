/** One runner: adopt what is there, then take jobs until the process leaves; show what is in hand all the while. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bus } from '@modelwright/bus';
import { claim, controlRecord, worker } from '@modelwright/contracts';
import type { RunningService, WorkerBeacon } from '@modelwright/service';
import type { Logger } from '@modelwright/telemetry';
import type { HostAccelerators } from '../adapters/accelerators/host-accelerators.ts';
import { ControlBoard } from '../adapters/bus/control-board.ts';
import { OtherRunners } from '../adapters/bus/other-runners.ts';
import { QueueDepths } from '../adapters/bus/queue-depths.ts';
import { JobFolders } from '../adapters/disk/job-folder.ts';
import { lockRunner } from '../adapters/disk/runner-lock.ts';
import type { RunnerConfig } from '../config.ts';
import { classesOf } from '../core/job-classes.ts';
import { AcceleratorCare } from './accelerator-care.ts';
import { type AdmissionPorts, JobAdmitter } from './admit-job.ts';
import { adoptJobs } from './adopt-jobs.ts';
import { DrainWatch } from './drain-watch.ts';
import type { Executor, Isolation } from './executor.ts';
import { FirstInLine } from './first-in-line.ts';
import { JobStarter } from './job-starter.ts';
import { type HostRoom, JobsInHand } from './jobs-in-hand.ts';
import { QuarantineWatch } from './quarantine-watch.ts';
import { QueueGate } from './queue-gate.ts';
import { sharedContent } from './shared-content.ts';
import { shownRunner } from './shown-runner.ts';
import { sweepStrangers } from './sweep-strangers.ts';
import { type TakingPorts, takeJobs } from './take-jobs.ts';
import { WaitingJobs } from './waiting-jobs.ts';

export interface RunnerParts {
  readonly bus: Bus;
  readonly executor: Executor;
  readonly accelerators: HostAccelerators;
  readonly config: RunnerConfig & { readonly home: string };
  readonly worker: WorkerBeacon;
  readonly logger: Logger;
  readonly leaving: AbortSignal;
  readonly clock: () => number;
}

/** Of what a runner keeps on disk: one folder a name. */
export const runnerHome = (home: string, name: string) => join(home, 'runners', name);

export async function startRunner(parts: RunnerParts): Promise<RunningService> {
  const { bus, config, logger, worker: beacon, leaving } = parts;
  const { book, watch } = parts.accelerators;
  const home = runnerHome(config.home, beacon.name);
  await mkdir(home, { recursive: true, mode: 0o711 });
  const unlock = await lockRunner(join(home, 'lock'), process.pid);
  const classes = config.classes ?? classesOf(book.listAll());
  for (const klass of classes) await bus.ensureJobConsumers(klass);
  const isolation = await parts.executor.probe();
  tellIsolation(logger, isolation);

  const control = new ControlBoard(bus.records('control', controlRecord));
  const drain = new DrainWatch({ control, runner: beacon.name, logger });
  await drain.look();
  const folders = new JobFolders(join(home, 'jobs'));
  const ports = portsOf(parts, { home, isolation, control, drain });
  const inHand = new JobsInHand(roomOf(parts));
  const starter = new JobStarter(ports, { inHand, folders, logger });
  await adoptJobs({ ...ports, folders, logger }, starter);
  const sweeping = sweepStrangers(parts.executor, logger, leaving);

  const waiting = new WaitingJobs(parts.clock);
  const show = () =>
    beacon.setRunner(
      shownRunner({
        ...parts,
        slots: config.slots,
        accelerators: book,
        classes,
        inHand,
        isolation,
        waiting,
        drain,
      }),
    );
  inHand.onChange(show);
  drain.onChange(() => inHand.changed());
  show();
  const taking = takeJobs(takingPorts(parts, { ports, inHand, starter, waiting, drain, classes }));
  const quarantines = new QuarantineWatch({ book, control, logger });
  if (book.count > 0) void watch.follow(config.acceleratorSettings.checkMs, leaving);
  for (const following of [control.follow(leaving), drain.follow(leaving), quarantines.follow(leaving)]) {
    following.catch((err: unknown) =>
      logger.error({ err }, 'wishes are only looked up now and then from here on'),
    );
  }
  return {
    async drain() {
      await taking;
      await sweeping;
      await inHand.settled();
      await unlock();
    },
  };
}

function roomOf({ config, accelerators }: RunnerParts): HostRoom {
  const { slots, memoryBytes, hostMemoryBytes } = config;
  return {
    slots,
    memoryBytes: hostMemoryBytes,
    jobMemoryBytes: memoryBytes,
    accelerators: accelerators.book,
  };
}

interface Taking {
  readonly ports: AdmissionPorts;
  readonly inHand: JobsInHand;
  readonly starter: JobStarter;
  readonly waiting: WaitingJobs;
  readonly drain: DrainWatch;
  readonly classes: readonly string[];
}

function takingPorts({ logger, leaving, clock, accelerators }: RunnerParts, taking: Taking): TakingPorts {
  const { ports, inHand, starter, waiting, drain, classes } = taking;
  const { streams, control } = ports;
  const depths = new QueueDepths(streams, clock);
  const others = new OtherRunners(ports.workers, ports.me.runner, clock);
  const gate = new QueueGate({ inHand, depths, others, clock }, classes, accelerators.book.count);
  const line = new FirstInLine({ inHand, gate, waiting, whyUnwanted: (job) => control.whyUnwanted(job) });
  const admitter = new JobAdmitter(ports, starter, { gate, line, waiting });
  return { streams, inHand, gate, line, admitter, drain, logger, leaving };
}

interface Made {
  readonly home: string;
  readonly isolation: Isolation;
  readonly control: ControlBoard;
  readonly drain: DrainWatch;
}

function portsOf(parts: RunnerParts, { home, isolation, control, drain }: Made): AdmissionPorts {
  const { bus, executor, accelerators, config, worker: beacon, leaving, clock } = parts;
  return {
    me: { runner: beacon.name, process: beacon.process },
    streams: bus.streams,
    store: bus.store,
    executor,
    accelerators: accelerators.book,
    care: new AcceleratorCare(accelerators),
    ...sharedContent(parts, home, isolation),
    control,
    checkpointMs: config.checkpointMs,
    clock,
    leaving,
    // Of whoever begins at that moment: a runner that takes jobs again has another one.
    get handOver() {
      return drain.handOver;
    },
    claims: bus.records('claims', claim),
    workers: bus.records('workers', worker),
    adoptionWindowMs: config.adoptionWindowMs,
  };
}

function tellIsolation(logger: Logger, { level, notes }: Isolation): void {
  if (level === 'contained') logger.info({ notes }, 'programs are contained');
  else if (level === 'partial') logger.warn({ notes }, 'programs are contained, with weaker limits');
  else logger.error({ notes }, 'ISOLATION: NONE. Generated programs run with the rights of this process');
}
