/** What the environment may say about accelerators: part of the runner's configuration. */
import { z } from 'zod';

const path = (what: string) => z.string().startsWith('/', `must be the absolute path of ${what}`);
const seconds = z.coerce.number().positive();

export const acceleratorVariables = {
  /** `auto`: whichever tool answers. `none`: this runner gives no accelerators away. */
  RUNNER_ACCELERATORS: z.enum(['auto', 'none', 'nvidia', 'rocm']).default('auto'),
  RUNNER_NVIDIA_SMI: z.string().min(1).default('nvidia-smi'),
  RUNNER_ROCM_SMI: z.string().min(1).default('rocm-smi'),
  /** Of lock files, shared by all runners of the host. Default: below /run/lock for root, else in the state folder. */
  RUNNER_LOCKS: path('a folder').optional(),
  /** Where the kernel says that a GPU has failed: the device, or a file that a log daemon writes. */
  RUNNER_KERNEL_LOG: path('a log').default('/dev/kmsg'),
  /** How often the accelerators of running jobs are measured. */
  RUNNER_ACCELERATOR_SAMPLE_SECONDS: seconds.default(3),
  /** How often all accelerators are looked after. */
  RUNNER_ACCELERATOR_CHECK_SECONDS: seconds.default(15),
};

const read = z.object(acceleratorVariables);

export interface AcceleratorSettings {
  readonly kind: 'auto' | 'none' | 'nvidia' | 'rocm';
  readonly nvidiaSmi: string;
  readonly rocmSmi: string;
  /** Null: the default. */
  readonly locks: string | null;
  readonly kernelLog: string;
  readonly sampleMs: number;
  readonly checkMs: number;
}

export function acceleratorSettings(variables: z.infer<typeof read>): AcceleratorSettings {
  return {
    kind: variables.RUNNER_ACCELERATORS,
    nvidiaSmi: variables.RUNNER_NVIDIA_SMI,
    rocmSmi: variables.RUNNER_ROCM_SMI,
    locks: variables.RUNNER_LOCKS ?? null,
    kernelLog: variables.RUNNER_KERNEL_LOG,
    sampleMs: variables.RUNNER_ACCELERATOR_SAMPLE_SECONDS * 1000,
    checkMs: variables.RUNNER_ACCELERATOR_CHECK_SECONDS * 1000,
  };
}
