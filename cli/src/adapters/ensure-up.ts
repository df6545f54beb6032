/** Starts the farm where nothing serves runs yet. */
import type { Config } from '../config.ts';
import type { Output } from '../core/output.ts';
import { tellUp } from '../core/up-text.ts';
import { lookAtFarm } from './farm/farm.ts';
import { bringUp } from './farm/up.ts';
import type { ModelSource } from './models.ts';
import type { Toolchain } from './toolchain.ts';

/** All that is not said stays as it was. */
const AS_BEFORE = { counts: {}, slots: null, port: null, foreground: false };

/** Whether anything had to be started. On a server named by NATS_URL the services are somebody else's to start. */
export async function ensureUp(
  config: Config,
  toolchain: Toolchain,
  { source, output }: { readonly source: ModelSource; readonly output: Output },
): Promise<boolean> {
  const farm = await lookAtFarm(config);
  if (config.outside !== null && farm.recorded === null) return false;
  const outcome = await bringUp(config, toolchain, { ...AS_BEFORE, source });
  if (outcome.server === null && outcome.started.length === 0) return false;
  output.note(...tellUp({ ...outcome, kept: [], surplus: [] }));
  return true;
}
