/** Takes the farm of this machine down: services first, so that they can hand over, then the server. */
import type { Config } from '../../config.ts';
import { awaitEnd, type ProcessIdentity, signalProcess } from '../process-table.ts';
import { underLock } from '../up-lock.ts';
import { lookAtFarm } from './farm.ts';

export interface DownOutcome {
  /** Names of what was running. */
  readonly stopped: readonly string[];
  /** Names of what did not end in time and was killed. */
  readonly killed: readonly string[];
}

/** How long services may take to hand over what they hold. */
const DRAIN_MS = 30_000;
const SERVER_MS = 10_000;

export async function takeDown(config: Config, options: { kill: boolean }): Promise<DownOutcome> {
  const { state, recorded } = await lookAtFarm(config);
  if (recorded === null) return { stopped: [], killed: [] };
  return underLock(state.lockFile, async () => {
    const farm = await lookAtFarm(config);
    const killed = await endProcesses(farm.alive, options.kill ? 0 : DRAIN_MS);
    if (farm.server !== null) {
      killed.push(
        ...(await endProcesses([{ ...farm.server, name: 'nats-server' }], options.kill ? 0 : SERVER_MS)),
      );
    }
    await state.removeProcesses();
    const stopped = [...farm.alive.map((one) => one.name), ...(farm.server === null ? [] : ['nats-server'])];
    return { stopped, killed };
  });
}

/** Ends them all at once; the names of those that had to be killed. */
export async function endProcesses(
  processes: ReadonlyArray<ProcessIdentity & { readonly name: string }>,
  patienceMs = DRAIN_MS,
): Promise<string[]> {
  if (patienceMs > 0) await Promise.all(processes.map((one) => signalProcess(one, 'SIGTERM')));
  const killed = await Promise.all(
    processes.map(async (one) => {
      if (patienceMs > 0 && (await awaitEnd(one, patienceMs))) return [];
      await signalProcess(one, 'SIGKILL');
      await awaitEnd(one, SERVER_MS);
      return [one.name];
    }),
  );
  return killed.flat();
}
