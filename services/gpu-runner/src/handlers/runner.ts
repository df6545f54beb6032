/** One runner: adopt what is there, then take jobs until the process leaves; show what is in hand all the while. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bus } from '@modelwright/bus';
import { claim, controlRecord, worker } from '@modelwright/contracts';
import type { RunningService, WorkerBeacon } from '@modelwright/service';
import type { Logger } from '@modelwright/telemetry';
import { ControlBoard } from '../adapters/bus/control-board.ts';
import { JobFolders } from '../adapters/disk/job-folder.ts';
import { lockRunner } from '../adapters/disk/runner-lock.ts';
import { TreeCache } from '../adapters/disk/tree-cache.ts';
import { Environments } from '../adapters/environments/environments.ts';
import type { RunnerConfig } from '../config.ts';
import { type AdmissionPorts, JobAdmitter } from './admit-job.ts';
import { adoptJobs } from './adopt-jobs.ts';
import type { Executor, Isolation } from './executor.ts';
import { JobStarter } from './job-starter.ts';
import { JobsInHand } from './jobs-in-hand.ts';
import { takeJobs } from './take-jobs.ts';

export interface RunnerParts {
  readonly bus: Bus;
  readonly executor: Executor;
  readonly config: RunnerConfig & { readonly home: string };
  readonly worker: WorkerBeacon;
  readonly logger: Logger;
  readonly leaving: AbortSignal;
  readonly clock: () => number;
}

export async function startRunner(parts: RunnerParts): Promise<RunningService> {
  const { bus, config, logger, worker: beacon, leaving } = parts;
  const home = join(config.home, 'runners', beacon.name);
  await mkdir(home, { recursive: true, mode: 0o711 });
  const unlock = await lockRunner(join(home, 'lock'), process.pid);
  for (const klass of config.classes) await bus.ensureJobConsumers(klass);
  const isolation = await parts.executor.probe();
  tellIsolation(logger, isolation);

  const folders = new JobFolders(join(home, 'jobs'));
  const ports = portsOf(parts, home, isolation);
  const show = () => beacon.setRunner(shown(config, inHand, isolation));
  const inHand = new JobsInHand(config.slots, show);
  const starter = new JobStarter(ports, { inHand, folders, logger });
  await adoptJobs({ ...ports, folders, logger }, starter);
  show();

  const admitter = new JobAdmitter(ports, starter);
  const taking = takeJobs({
    streams: bus.streams,
    classes: config.classes,
    inHand,
    admitter,
    logger,
    leaving,
  });
  const following = ports.control.follow(leaving);
  following.catch((err: unknown) =>
    logger.error({ err }, 'wishes are only looked up now and then from here on'),
  );
  return {
    async drain() {
      await taking;
      await inHand.settled();
      await unlock();
    },
  };
}

function portsOf(
  { bus, executor, config, worker: beacon, leaving, clock, logger }: RunnerParts,
  home: string,
  isolation: Isolation,
): AdmissionPorts {
  const cache = join(home, 'cache');
  // Where programs run as the runner's own user and see its files, they could write through a shared one.
  const share = isolation.level === 'none' && !isolation.ownUser ? 'copy' : 'link';
  return {
    me: { runner: beacon.name, process: beacon.process },
    streams: bus.streams,
    store: bus.store,
    executor,
    trees: new TreeCache(bus.store, { root: join(cache, 'trees'), maxBytes: config.cacheBytes, share }),
    environments: new Environments(join(cache, 'environments'), config.python, {
      variables: config.installerVariables,
      logger,
    }),
    control: new ControlBoard(bus.records('control', controlRecord)),
    checkpointMs: config.checkpointMs,
    clock,
    leaving,
    handOver: new AbortController().signal,
    claims: bus.records('claims', claim),
    workers: bus.records('workers', worker),
    adoptionWindowMs: config.adoptionWindowMs,
  };
}

function shown(config: RunnerConfig, inHand: JobsInHand, isolation: Isolation) {
  return {
    classes: config.classes,
    slots: config.slots,
    busy: inHand.busy,
    jobs: inHand.ids,
    isolation: isolation.level,
    isolationNotes: isolation.notes,
  };
}

function tellIsolation(logger: Logger, { level, notes }: Isolation): void {
  if (level === 'contained') logger.info({ notes }, 'programs are contained');
  else if (level === 'partial') logger.warn({ notes }, 'programs are contained, with weaker limits');
  else logger.error({ notes }, 'ISOLATION: NONE. Generated programs run with the rights of this process');
}
