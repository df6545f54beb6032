/** Which accelerators this host has: what the operator says, or whichever vendor's tool answers. */
import type { Logger } from '@modelwright/telemetry';
import type { FoundAccelerator } from '../../core/accelerators/found-accelerator.ts';
import { noAccelerators } from './no-accelerators.ts';
import { NvidiaProbe } from './nvidia.ts';
import { type AcceleratorProbe, ToolFailed } from './probe.ts';
import { RocmProbe } from './rocm.ts';
import type { AcceleratorSettings } from './settings.ts';

export interface ChosenProbe {
  readonly probe: AcceleratorProbe;
  readonly found: readonly FoundAccelerator[];
}

/** Throws where accelerators were asked for by name and cannot be had. */
export async function chooseProbe(settings: AcceleratorSettings, logger: Logger): Promise<ChosenProbe> {
  const nvidia = () => new NvidiaProbe(settings.nvidiaSmi);
  const rocm = () => new RocmProbe(settings.rocmSmi);
  switch (settings.kind) {
    case 'none':
      return { probe: noAccelerators, found: [] };
    case 'nvidia':
      return await demanded(nvidia());
    case 'rocm':
      return await demanded(rocm());
    case 'auto':
      return (
        (await offered(nvidia(), logger)) ??
        (await offered(rocm(), logger)) ?? { probe: noAccelerators, found: [] }
      );
  }
}

async function demanded(probe: AcceleratorProbe): Promise<ChosenProbe> {
  const found = await probe.discover();
  if (found.length > 0) return { probe, found };
  throw new ToolFailed(
    'RUNNER_ACCELERATORS names a vendor, but its tool lists no accelerators. Mend the driver, or set RUNNER_ACCELERATORS=none.',
  );
}

/** Null where there are none of the kind; a driver that is there and does not work is worth a word. */
async function offered(probe: AcceleratorProbe, logger: Logger): Promise<ChosenProbe | null> {
  try {
    const found = await probe.discover();
    return found.length > 0 ? { probe, found } : null;
  } catch (error) {
    if (!(error instanceof ToolFailed)) throw error;
    if (!isAbsent(error)) logger.warn({ err: error }, 'accelerators cannot be used: the vendor’s tool fails');
    return null;
  }
}

function isAbsent({ cause }: ToolFailed): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
