/** The user wants what there is. What is under way for more is ended by the rules; a second request can only leave out the refit. */
import type { InboxMessage } from '@modelwright/contracts';
import type { OpenRun } from '../run-state.ts';
import { NOTHING, type Step, step } from '../step.ts';

export function onFinishRequested(
  { finishing }: OpenRun,
  { reason, refit = true }: Extract<InboxMessage, { type: 'finish-requested' }>,
): Step {
  const isNew = finishing === null || (finishing.refit && !refit);
  if (!isNew) return NOTHING;
  return step(`the best so far is to be delivered${refit ? '' : ', as it is'}: ${reason}`, [
    { type: 'finish-requested', reason, refit },
  ]);
}
