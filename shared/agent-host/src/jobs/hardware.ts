/** What an agent is told of the hardware: the processors of one job, and the accelerators that a training may ask for. */
import type { Assignment, Hardware } from '@modelwright/contracts';

export function hardwareOf(
  { hardware }: Assignment,
  cpus: number,
): { cpus: number; accelerators?: Hardware['accelerators'] } {
  return hardware === undefined ? { cpus } : { cpus, accelerators: hardware.accelerators };
}
