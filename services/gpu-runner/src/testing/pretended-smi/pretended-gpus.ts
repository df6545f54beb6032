/**
 * A host that pretends to have GPUs: a folder with an `nvidia-smi` that answers as NVIDIA's does, and a state that tests change.
 *
 * Give a runner `RUNNER_NVIDIA_SMI: gpus.smi`, `RUNNER_LOCKS: gpus.locks` and `RUNNER_KERNEL_LOG: gpus.kernelLog`.
 */
import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./pretended_smi.py', import.meta.url));

export interface PretendedGpu {
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  readonly memoryMiB: number;
  readonly minor: number;
  /** As nvidia-smi writes it. */
  readonly bus: string;
  readonly utilisation: number;
  readonly usedMiB: number;
  /** Null: it cannot tell. */
  readonly watts: number | null;
  /** How nvidia-smi tells of a GPU that is not there any more: by its handle, in its cells, or not at all. */
  readonly lost: 'handle' | 'cell' | 'gone' | null;
  /** Null: not in MIG mode. */
  readonly mig: ReadonlyArray<{
    readonly uuid: string;
    readonly profile: string;
    readonly gi: number;
    readonly ci: number;
    readonly memoryMiB: number;
  }> | null;
  readonly processes: ReadonlyArray<{ readonly pid: number; readonly usedMiB: number }>;
}

export interface PretendedGpus {
  /** The program to call as `nvidia-smi`. */
  readonly smi: string;
  /** A folder for locks, of this host alone. */
  readonly locks: string;
  readonly kernelLog: string;
  readonly uuids: readonly string[];
  change(uuid: string, change: Partial<PretendedGpu>): Promise<void>;
  /** Every call fails with this line; null: they work again. */
  fail(line: string | null): Promise<void>;
  /** Every call hangs. */
  hang(hangs: boolean): Promise<void>;
  /** A line of the kernel's log. */
  log(line: string): Promise<void>;
}

export interface PretendedHost {
  readonly count: number;
  readonly model?: string;
  readonly memoryMiB?: number;
  readonly change?: (gpu: PretendedGpu) => Partial<PretendedGpu>;
}

/** In a folder that exists. UUIDs are drawn from the name of the host, so that those of two hosts differ. */
export async function pretendGpus(
  folder: string,
  host: string,
  wanted: PretendedHost,
): Promise<PretendedGpus> {
  const gpus = Array.from({ length: wanted.count }, (_, index) => {
    const gpu = plainGpu(host, index, wanted);
    return { ...gpu, ...wanted.change?.(gpu) };
  });
  const state: { driver: string; gpus: PretendedGpu[]; fails: string | null; hangs: boolean } = {
    driver: '550.54.15',
    gpus,
    fails: null,
    hangs: false,
  };
  const [smi, locks, kernelLog] = ['nvidia-smi', 'locks', 'kernel.log'].map((name) => join(folder, name));
  if (smi === undefined || locks === undefined || kernelLog === undefined) throw new Error('no folder');
  const write = async () => {
    const path = join(folder, 'state.json');
    await writeFile(`${path}.new`, JSON.stringify(state, null, 1));
    await rename(`${path}.new`, path);
  };
  await write();
  await mkdir(locks, { recursive: true });
  await writeFile(kernelLog, '');
  await writeFile(smi, `#!/bin/sh\nexec python3 -I -S '${PROGRAM}' '${folder}' "$@"\n`, { mode: 0o755 });
  return {
    smi,
    locks,
    kernelLog,
    uuids: gpus.map((gpu) => gpu.uuid),
    async change(uuid, change) {
      state.gpus = state.gpus.map((gpu) => (gpu.uuid === uuid ? { ...gpu, ...change } : gpu));
      await write();
    },
    async fail(line) {
      state.fails = line;
      await write();
    },
    async hang(hangs) {
      state.hangs = hangs;
      await write();
    },
    log: (line) => appendFile(kernelLog, `${line}\n`),
  };
}

function plainGpu(host: string, index: number, { model, memoryMiB }: PretendedHost): PretendedGpu {
  const slot = (0x10 + index).toString(16).toUpperCase();
  return {
    index,
    uuid: `GPU-${host}-${index}`,
    name: model ?? 'NVIDIA H100 80GB HBM3',
    memoryMiB: memoryMiB ?? 81_559,
    minor: index,
    bus: `00000000:${slot}:00.0`,
    utilisation: 50,
    usedMiB: 4,
    watts: 100,
    lost: null,
    mig: null,
    processes: [],
  };
}
