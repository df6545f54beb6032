/** What a message says has happened. Nothing follows from a message that comes too late or a second time. */
import type { InboxMessage } from '@modelwright/contracts';
import type { RunState } from '../run-state.ts';
import { NOTHING, type Step } from '../step.ts';
import { onAssignmentFinished, onFinishedAfterEnd } from './assignment-finished.ts';
import { onAssignmentParked } from './assignment-parked.ts';
import { onAttentionNeeded } from './attention-needed.ts';
import { onBudgetRaised } from './budget-raised.ts';
import { onCancelRequested } from './cancel-requested.ts';
import { onFinishRequested } from './finish-requested.ts';
import { onJobFinished } from './job-finished.ts';
import { onRunSubmitted } from './run-submitted.ts';
import { onTick } from './tick.ts';

export function react(state: RunState, message: InboxMessage, now: number): Step {
  if (state.stage === 'unborn')
    return message.type === 'run-submitted' ? onRunSubmitted(message, now) : NOTHING;
  if (state.stage === 'ended')
    return message.type === 'assignment-finished' ? onFinishedAfterEnd(state, message) : NOTHING;
  switch (message.type) {
    case 'run-submitted':
      return NOTHING;
    case 'assignment-finished':
      return onAssignmentFinished(state, message, now);
    case 'assignment-parked':
      return onAssignmentParked(state, message);
    case 'job-finished':
      return onJobFinished(state, message, now);
    case 'tick':
      return onTick(state, message);
    case 'cancel-requested':
      return onCancelRequested(state, message, now);
    case 'finish-requested':
      return onFinishRequested(state, message);
    case 'budget-raised':
      return onBudgetRaised(state, message);
    case 'attention-needed':
      return onAttentionNeeded(state, message, now);
  }
}
