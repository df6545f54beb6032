import type { RunSubmitted } from '../run-state.ts';
import { type Faults, SimulatedFarm } from './simulated-farm.ts';

/** Runs a farm to its end, taking the waiting messages in the order drawn; duplicates and ticks come in between. */
export function play(
  draws: readonly number[],
  faults: Faults = {},
  message?: RunSubmitted,
  beforeEach: (farm: SimulatedFarm, draw: number) => void = () => undefined,
): SimulatedFarm {
  const farm = new SimulatedFarm(faults);
  farm.submit(message);
  let n = 0;
  while (farm.pending > 0) {
    const draw = draws[n % Math.max(1, draws.length)] ?? 0;
    n += 1;
    if (draw % 5 === 4) farm.redeliver(draw);
    if (draw % 7 === 6) farm.tick(500);
    beforeEach(farm, draw);
    farm.deliver(draw);
  }
  return farm;
}
