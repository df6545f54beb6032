/** All that a runner has to do with the accelerators of its host, opened at the start and followed until it leaves. */
import { join } from 'node:path';
import type { Accelerator } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { AcceleratorBook } from './accelerator-book.ts';
import { chooseProbe } from './choose-probe.ts';
import { HealthWatch, type OtherHolders } from './health-watch.ts';
import { KernelLog } from './kernel-log.ts';
import { lockHolders, makeLockFiles } from './lock-files.ts';
import { QuarantineFile } from './quarantine-file.ts';
import type { AcceleratorSettings } from './settings.ts';
import { UseMeters } from './use-meter.ts';

export interface HostAccelerators {
  readonly book: AcceleratorBook;
  readonly meters: UseMeters;
  readonly watch: HealthWatch;
}

export interface OpeningParts {
  readonly settings: AcceleratorSettings;
  /** Of the service: for locks where there is no better place. */
  readonly home: string;
  /** Of this runner: for what is to survive a restart. */
  readonly runnerHome: string;
  /** Beside the locks: containers, where an engine runs programs. */
  readonly otherHolders: readonly OtherHolders[];
  readonly clock: () => number;
  readonly logger: Logger;
}

/** Has looked once when it resolves: what is broken or taken is known before anything is given out. */
export async function openAccelerators(parts: OpeningParts): Promise<HostAccelerators> {
  const { settings, clock, logger } = parts;
  const { probe, found } = await chooseProbe(settings, logger);
  const locks = settings.locks ?? defaultLocks(parts.home);
  if (found.length > 0)
    await makeLockFiles(
      locks,
      found.map((one) => one.uuid),
    );
  const quarantines = await QuarantineFile.open(join(parts.runnerHome, 'quarantines.json'));
  const book = new AcceleratorBook({ found, locks, quarantines, clock, tell: (one) => tell(logger, one) });
  const kernelLog = found.length > 0 ? await openKernelLog(parts) : null;
  const lockedByOthers: OtherHolders = async (uuids) => {
    const holders = await lockHolders(locks, uuids);
    return new Map([...holders].map(([uuid, pid]) => [uuid, `process ${pid} of this host holds its lock`]));
  };
  const otherHolders = found.length > 0 ? [lockedByOthers, ...parts.otherHolders] : [];
  const watch = new HealthWatch({ book, probe, kernelLog, otherHolders, logger });
  const meters = new UseMeters({ probe, everyMs: settings.sampleMs, clock, logger });
  if (found.length > 0) {
    await watch.look();
    tellFound(logger, book.listAll());
  }
  return { book, meters, watch };
}

function defaultLocks(home: string): string {
  return process.geteuid?.() === 0 ? '/run/lock/modelwright' : join(home, 'locks');
}

async function openKernelLog({ settings, clock, logger }: OpeningParts): Promise<KernelLog | null> {
  try {
    return await KernelLog.open(settings.kernelLog, clock);
  } catch (err) {
    const remedy =
      'GPUs that the kernel reports as broken are not quarantined. Let the runner read it, or set RUNNER_KERNEL_LOG.';
    logger.warn({ err, kernelLog: settings.kernelLog }, remedy);
    return null;
  }
}

function tell(logger: Logger, { uuid, model, state, reason }: Accelerator): void {
  if (state === 'quarantined') {
    logger.error(
      { uuid, model, reason },
      `QUARANTINED. When it is mended: modelwright nodes release ${uuid}`,
    );
  } else {
    logger.warn({ uuid, model }, 'released from its quarantine');
  }
}

function tellFound(logger: Logger, all: readonly Accelerator[]): void {
  const counts = Map.groupBy(all, (one) => one.model);
  const models = [...counts].map(([model, those]) => `${those.length} x ${model}`);
  logger.info({ models, driver: all[0]?.driver }, 'accelerators of this host');
}
