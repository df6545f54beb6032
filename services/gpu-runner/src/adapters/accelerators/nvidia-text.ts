/**
 * What `nvidia-smi` prints, taken apart: its XML (`-q -x`), its list (`-L`), its tables (`--format=csv,noheader,nounits`).
 *
 * The formats are those of NVIDIA's manual of nvidia-smi and of its MIG user guide, with drivers from 470 on: a MIG device has
 * a UUID of its own, which stands in the list alone, and its instances' numbers, which stand in the XML alone.
 */

export interface NvidiaGpu {
  readonly uuid: string;
  readonly model: string;
  readonly memoryBytes: number;
  readonly driver: string;
  /** As nvidia-smi writes it: `00000000:3B:00.0`. */
  readonly bus: string;
  readonly minor: number | null;
  readonly migEnabled: boolean;
  readonly slices: readonly NvidiaSlice[];
}

export interface NvidiaSlice {
  /** Counts within its GPU. */
  readonly index: number;
  readonly gpuInstance: number;
  readonly computeInstance: number;
  readonly memoryBytes: number;
}

const MiB = 1024 * 1024;

/** In the order of the bus, which is that of nvidia-smi's own indices. */
export function readXml(xml: string): NvidiaGpu[] {
  const driver = textOf(xml, 'driver_version') ?? '';
  return elements(xml, 'gpu').map((gpu) => {
    const slices = elements(gpu, 'mig_device');
    // A slice has elements of the same names.
    const own = gpu.replaceAll(/<mig_devices>[\s\S]*?<\/mig_devices>/g, '');
    return {
      uuid: textOf(own, 'uuid') ?? '',
      model: textOf(own, 'product_name') ?? '',
      memoryBytes: totalMemory(own),
      driver,
      bus: textOf(own, 'pci_bus_id') ?? '',
      minor: wholeNumber(textOf(own, 'minor_number')),
      migEnabled: textOf(own, 'current_mig') === 'Enabled',
      slices: slices.map((slice) => ({
        index: wholeNumber(textOf(slice, 'index')) ?? 0,
        gpuInstance: wholeNumber(textOf(slice, 'gpu_instance_id')) ?? 0,
        computeInstance: wholeNumber(textOf(slice, 'compute_instance_id')) ?? 0,
        memoryBytes: totalMemory(slice),
      })),
    };
  });
}

export interface ListedSlice {
  readonly gpu: string;
  readonly index: number;
  readonly profile: string;
  readonly uuid: string;
}

/** The MIG devices of `nvidia-smi -L`, each with the GPU whose line is above it. */
export function readList(text: string): ListedSlice[] {
  const found: ListedSlice[] = [];
  let gpu = '';
  for (const line of text.split('\n')) {
    gpu = /^GPU \d+: .*\(UUID: (GPU-[^)]+)\)/.exec(line)?.[1] ?? gpu;
    const slice = /^\s*MIG (\S+)\s+Device\s+(\d+):\s*\(UUID:\s*(MIG-[^)]+)\)/.exec(line);
    if (slice === null) continue;
    const [, profile = '', index = '0', uuid = ''] = slice;
    found.push({ gpu, index: Number(index), profile, uuid });
  }
  return found;
}

/** The cells of each line; nothing that nvidia-smi puts into a table holds a comma. */
export function readTable(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => line.split(',').map((cell) => cell.trim()));
}

/** `[N/A]`, `[Not Supported]`, `[Unknown Error]` and their like are null. */
export function cellNumber(cell: string | undefined): number | null {
  const value = Number(cell);
  return cell === undefined || cell === '' || !Number.isFinite(value) ? null : value;
}

export const mebibytes = (cell: string | undefined): number | null => {
  const value = cellNumber(cell);
  return value === null ? null : value * MiB;
};

/** As the kernel and sysfs write it: `0000:3b:00.0`; nvidia-smi writes eight digits of the domain, in capitals. */
export function pciAddress(bus: string): string | null {
  const parts = /^([0-9a-f]+):([0-9a-f]{2}):([0-9a-f]{2})\.([0-9a-f])$/i.exec(bus);
  if (parts === null) return null;
  const [, domain = '', busNumber, device, nth] = parts;
  return `${domain.slice(-4).padStart(4, '0')}:${busNumber}:${device}.${nth}`.toLowerCase();
}

function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(
    ([, inner]) => inner ?? '',
  );
}

function textOf(xml: string, name: string): string | null {
  return elements(xml, name)[0]?.trim() ?? null;
}

/** `<fb_memory_usage><total>81559 MiB</total>…` */
function totalMemory(xml: string): number {
  const [memory = ''] = elements(xml, 'fb_memory_usage');
  const size = /^(\d+) MiB$/.exec(textOf(memory, 'total') ?? '')?.[1];
  return Number(size ?? 0) * MiB;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
