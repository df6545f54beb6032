/** A role whose models fail three times in a row, or cannot answer at all, is the playbook's from now on. */
import type { Failure } from '@modelwright/contracts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { NOTHING, type Step, step } from '../step.ts';

const MOST_STRIKES = 3;
/** No second attempt can go better: nobody of that name, a key that is not accepted, an account without money. */
const HOPELESS: ReadonlySet<string> = new Set(['no-model', 'not-allowed', 'quota-spent']);

/** @param run As it is with the assignment closed. */
export function takeOver(run: OpenRun, { role, player }: AssignmentState, failure: Failure): Step {
  if (player?.kind !== 'models' || run.takenOver.includes(role)) return NOTHING;
  const hopeless = HOPELESS.has(failure.kind);
  if (!hopeless && (run.strikes[role] ?? 0) < MOST_STRIKES) return NOTHING;
  const why = hopeless
    ? failure.message
    : `it failed ${MOST_STRIKES} times in a row, at last: ${failure.message}`;
  const by = role === 'manager' ? 'rules decide' : 'the playbook answers';
  return step(`${by} for the ${role} from now on: ${why}`, [{ type: 'role-taken-over', role, reason: why }]);
}
