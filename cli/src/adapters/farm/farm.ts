/** The processes of this machine that `up` recorded, and which of them live. */
import type { Config } from '../../config.ts';
import { isAlive } from '../process-table.ts';
import {
  type ProcessesFile,
  type RecordedServer,
  type RecordedService,
  StateFolder,
} from '../state-folder.ts';

export interface Farm {
  readonly state: StateFolder;
  /** What was recorded; null when nothing was ever started, or all was taken down. */
  readonly recorded: ProcessesFile | null;
  /** The own server if it lives. */
  readonly server: RecordedServer | null;
  readonly alive: readonly RecordedService[];
  readonly dead: readonly RecordedService[];
}

export async function lookAtFarm(config: Config): Promise<Farm> {
  const state = new StateFolder(config.home);
  const recorded = await state.readProcesses();
  const services = await Promise.all(
    (recorded?.services ?? []).map(async (one) => ({ one, lives: await isAlive(one) })),
  );
  const server = recorded?.server ?? null;
  return {
    state,
    recorded,
    server: server !== null && (await isAlive(server)) ? server : null,
    alive: services.filter(({ lives }) => lives).map(({ one }) => one),
    dead: services.filter(({ lives }) => !lives).map(({ one }) => one),
  };
}
