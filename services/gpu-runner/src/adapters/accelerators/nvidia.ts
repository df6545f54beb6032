/** NVIDIA's GPUs and their MIG slices, as `nvidia-smi` tells of them. */
import type { FoundAccelerator } from '../../core/accelerators/found-accelerator.ts';
import type { AcceleratorSample } from '../../core/accelerators/use.ts';
import { askTool, toolOutput } from './ask-tool.ts';
import { numaNode } from './numa-node.ts';
import { nvidiaDeviceFiles } from './nvidia-device-files.ts';
import {
  cellNumber,
  type ListedSlice,
  mebibytes,
  type NvidiaGpu,
  pciAddress,
  readList,
  readTable,
  readXml,
} from './nvidia-text.ts';
import { type AcceleratorFault, type AcceleratorProbe, type Occupancy, ToolFailed } from './probe.ts';

const AS_TABLE = '--format=csv,noheader,nounits';
/** What stands in a cell of a GPU that needs more than another try. */
const BROKEN = /GPU is lost|requires reset|reset required|fallen off|Unknown Error|\bERR!/i;

export class NvidiaProbe implements AcceleratorProbe {
  readonly #smi: string;
  readonly #root: string;

  /** @param root Where `dev`, `proc` and `sys` are: `/` but in tests. */
  constructor(smi: string, root = '/') {
    this.#smi = smi;
    this.#root = root;
  }

  /** A GPU in MIG mode is its slices: as a whole it cannot be used. */
  async discover(): Promise<FoundAccelerator[]> {
    const gpus = readXml(await toolOutput(this.#smi, ['-q', '-x']));
    const listed = gpus.some((gpu) => gpu.migEnabled) ? readList(await toolOutput(this.#smi, ['-L'])) : [];
    const found = gpus.map((gpu, index) =>
      gpu.migEnabled ? this.#slicesOf(gpu, listed) : this.#whole(gpu, index),
    );
    const all = (await Promise.all(found)).flat();
    return all.map((one, index) => ({ ...one, index }));
  }

  async sample(uuids: readonly string[]): Promise<AcceleratorSample[]> {
    const gpus = uuids.filter((uuid) => !isSlice(uuid));
    // Of a slice the tables say nothing, and what they say of its GPU is of all its slices together.
    const slices = uuids.filter(isSlice).map((uuid) => unknown(uuid));
    if (gpus.length === 0) return slices;
    const query = '--query-gpu=uuid,utilization.gpu,memory.used,power.draw';
    const rows = readTable(await toolOutput(this.#smi, [query, AS_TABLE, '-i', gpus.join(',')]));
    const seen = rows.map(([uuid = '', utilisation, memory, watts]) => ({
      uuid,
      utilisationPercent: cellNumber(utilisation),
      memoryUsedBytes: mebibytes(memory),
      watts: cellNumber(watts),
    }));
    return [...seen, ...slices];
  }

  async health(known: readonly FoundAccelerator[]): Promise<AcceleratorFault[]> {
    if (known.length === 0) return [];
    const query = '--query-gpu=uuid,pci.bus_id,temperature.gpu,memory.used';
    const { code, stdout, stderr } = await askTool(this.#smi, [query, AS_TABLE]);
    const said = `${stdout}\n${stderr}`;
    const listed = new Set(
      known.flatMap(({ uuid, parent }) => (said.includes(parent ?? uuid) ? [uuid] : [])),
    );
    const faults = known.flatMap((one) => faultOf(one, listed, said) ?? []);
    // With an error and no word of a GPU that is known, nothing can be said of any: the driver may be away.
    if (code !== 0 && (listed.size === 0 || faults.length === 0)) {
      throw new ToolFailed(`${this.#smi} ended with ${code ?? 'a signal'}: ${firstLine(said)}`);
    }
    return faults;
  }

  async occupancy(uuid: string): Promise<Occupancy | null> {
    if (isSlice(uuid)) return null;
    const memory = '--query-gpu=memory.used';
    const processes = '--query-compute-apps=pid,used_gpu_memory';
    const [[used] = []] = readTable(await toolOutput(this.#smi, [memory, AS_TABLE, '-i', uuid]));
    const usedBytes = mebibytes(used);
    if (usedBytes === null) return null;
    const rows = readTable(await toolOutput(this.#smi, [processes, AS_TABLE, '-i', uuid]));
    const known = rows.flatMap(([pid, size]) => {
      const number = cellNumber(pid);
      return number === null ? [] : [{ pid: number, usedBytes: mebibytes(size) }];
    });
    return { uuid, usedBytes, processes: known };
  }

  async #whole(gpu: NvidiaGpu, index: number): Promise<FoundAccelerator[]> {
    const pci = pciAddress(gpu.bus);
    return [
      {
        uuid: gpu.uuid,
        index,
        vendor: 'nvidia',
        model: gpu.model,
        memoryBytes: gpu.memoryBytes,
        driver: gpu.driver,
        parent: null,
        pci,
        numaNode: await numaNode(this.#root, pci),
        deviceFiles: await nvidiaDeviceFiles(this.#root, gpu, null),
      },
    ];
  }

  async #slicesOf(gpu: NvidiaGpu, listed: readonly ListedSlice[]): Promise<FoundAccelerator[]> {
    const [whole] = await this.#whole(gpu, 0);
    const found = gpu.slices.map(async (slice): Promise<FoundAccelerator[]> => {
      const name = listed.find((one) => one.gpu === gpu.uuid && one.index === slice.index);
      if (whole === undefined || name === undefined) return [];
      return [
        {
          ...whole,
          uuid: name.uuid,
          model: `${gpu.model} MIG ${name.profile}`,
          memoryBytes: slice.memoryBytes,
          parent: gpu.uuid,
          deviceFiles: await nvidiaDeviceFiles(this.#root, gpu, slice),
        },
      ];
    });
    return (await Promise.all(found)).flat();
  }
}

const isSlice = (uuid: string) => uuid.startsWith('MIG-');

function unknown(uuid: string): AcceleratorSample {
  return { uuid, utilisationPercent: null, memoryUsedBytes: null, watts: null };
}

/** What the lines about it say; a GPU without a line has gone. */
function faultOf(
  { uuid, parent, pci }: FoundAccelerator,
  listed: ReadonlySet<string>,
  said: string,
): AcceleratorFault | null {
  const about = said
    .split('\n')
    .filter((line) => line.includes(parent ?? uuid) || (pci !== null && mentions(line, pci)));
  const complaint = about.find(
    (line) => BROKEN.test(line) || /Unable to determine the device handle/i.test(line),
  );
  if (complaint !== undefined) return { uuid, reason: `nvidia-smi says: ${complaint.trim()}` };
  return listed.has(uuid) ? null : { uuid, reason: 'nvidia-smi does not list it any more' };
}

/** `0000:3b:00.0`, however many digits the domain is written with, and in capitals or not. */
function mentions(line: string, pci: string): boolean {
  return line.toLowerCase().includes(pci);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
