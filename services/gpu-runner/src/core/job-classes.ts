/** The classes of jobs that a runner takes, unless it is told: `cpu`, and what its accelerators are good for. */
import type { Accelerator } from '@modelwright/contracts';

const NAMES_OF_VENDORS = new Set([
  ...['nvidia', 'tesla', 'geforce', 'quadro', 'titan', 'amd', 'ati', 'instinct', 'radeon', 'graphics'],
]);

export function classesOf(accelerators: readonly Pick<Accelerator, 'model' | 'parent'>[]): string[] {
  if (accelerators.length === 0) return ['cpu'];
  // A slice is an accelerator, but not the whole one that its model's name promises.
  const whole = accelerators.filter((one) => one.parent === null);
  return ['cpu', 'gpu', ...new Set(whole.flatMap((one) => classOfModel(one.model) ?? []))];
}

/** `NVIDIA H100 80GB HBM3` is `gpu-h100`, `NVIDIA GeForce RTX 4090` is `gpu-rtx4090`; null for a name without a number. */
export function classOfModel(model: string): string | null {
  const words = model
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !NAMES_OF_VENDORS.has(word));
  const last = words.findIndex((word) => /\d/.test(word));
  return last < 0 ? null : `gpu-${words.slice(0, last + 1).join('')}`;
}
