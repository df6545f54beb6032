/** The farm was counted: what has changed since the last time is written down. */
import type { InboxMessage } from '@modelwright/contracts';
import type { OpenRun } from '../run-state.ts';
import { NOTHING, type Step, step } from '../step.ts';

export function onTick(run: OpenRun, tick: Extract<InboxMessage, { type: 'tick' }>): Step {
  const { slots, accelerators = run.accelerators } = tick;
  if (slots === null) return NOTHING;
  const asBefore = JSON.stringify(accelerators) === JSON.stringify(run.accelerators);
  if (slots === run.slots && asBefore) return NOTHING;
  const models = accelerators.map(({ model, count }) => `${count} x ${model}`);
  const reason = [`${slots} slots for trainings`, ...models].join(', ');
  return step(reason, [{ type: 'slots-counted', slots, ...(asBefore ? {} : { accelerators }) }]);
}
