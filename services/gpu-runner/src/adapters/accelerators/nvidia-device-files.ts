/** The device files that lead to an NVIDIA GPU or to a slice of one, and no further. */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NvidiaGpu, NvidiaSlice } from './nvidia-text.ts';

/** Of all GPUs: the driver's control file, and unified memory. */
const SHARED = ['nvidiactl', 'nvidia-uvm', 'nvidia-uvm-tools'];

/** Those that are there. */
export async function nvidiaDeviceFiles(
  root: string,
  gpu: NvidiaGpu,
  slice: NvidiaSlice | null,
): Promise<string[]> {
  const own = gpu.minor === null ? [] : [`nvidia${gpu.minor}`];
  const capabilities = slice === null ? [] : await capabilitiesOf(root, gpu.minor, slice);
  const wanted = [...own, ...SHARED, ...capabilities].map((name) => join(root, 'dev', name));
  const there = await Promise.all(wanted.map(exists));
  return wanted.filter((_, index) => there[index]);
}

/** Of a GPU instance and of its compute instance: one file each, numbered in a table of the driver's. */
async function capabilitiesOf(root: string, gpu: number | null, slice: NvidiaSlice): Promise<string[]> {
  const minors = await readFile(join(root, 'proc/driver/nvidia-caps/mig-minors'), 'utf8').catch(() => '');
  const instance = `gpu${gpu}/gi${slice.gpuInstance}`;
  const wanted = [`${instance}/access`, `${instance}/ci${slice.computeInstance}/access`];
  return minors.split('\n').flatMap((line) => {
    const [name = '', minor = ''] = line.split(' ');
    return wanted.includes(name) ? [`nvidia-caps/nvidia-cap${minor}`] : [];
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
