/**
 * Work that language models failed at is done again at once: by them a second time, then by the playbook.
 *
 * Not what an agent says cannot be done: that is a finding, and goes where findings go. Only where the run cannot do without
 * (data, a portfolio) the playbook has its turn even then. It has it too where a model has taken all its time.
 */
import type { Assignment, Failure, Work } from '@modelwright/contracts';
import { assignmentsOf, assignOn } from '../assign.ts';
import { CLOSED_BY_RUN } from '../close-by-run.ts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import type { Step } from '../step.ts';
import { playbookTerms, termsFor } from '../terms.ts';
import { handoverDeadline } from '../time.ts';

const MOST_ATTEMPTS_OF_MODELS = 2;
const ENDED_FROM_OUTSIDE: ReadonlySet<string> = new Set(['cancelled', CLOSED_BY_RUN]);

/** Null when it is not to be done again. `run` is as it is with the assignment closed. */
export function repeatFailed(
  run: OpenRun,
  assignment: AssignmentState,
  failure: Failure,
  now: number,
): Step | null {
  const former = run.assigned[assignment.id];
  if (former === undefined) return null;
  const by = whoIsNext(run, assignment, failure, now >= former.grant.deadline);
  if (by === null) return null;
  const deadline = by === 'playbook' ? latestFor(run, former) : former.grant.deadline;
  if (now >= deadline) return null;
  const terms = by === 'playbook' ? playbookTerms(run) : termsFor(run, former.work, former.candidate);
  const { candidate } = former;
  const work = by === 'playbook' ? fromTemplate(former.work) : former.work;
  return assignOn(
    terms ?? playbookTerms(run),
    run,
    {
      candidate,
      action: assignment.action,
      work,
      deadline,
      reason: `${assignment.id} failed (${failure.message}) and is done again${by === 'playbook' ? ' by the playbook' : ''}`,
    },
    now,
  );
}

function whoIsNext(
  run: OpenRun,
  { role, action, candidate, player, grant }: AssignmentState,
  { kind }: Failure,
  isLate: boolean,
): 'models' | 'playbook' | null {
  if (player?.kind !== 'models' || role === 'manager' || ENDED_FROM_OUTSIDE.has(kind)) return null;
  if (kind === 'no-progress') return role === 'setup' || action === 'portfolio' ? 'playbook' : null;
  if (kind === 'deadline-passed' || isLate) return 'playbook';
  // Whoever could not even begin is granted more; whoever has spent it all is not given as much again.
  const mayPay = kind !== 'budget-spent' || run.ledger.tooSmall === grant?.microUsd;
  const attempts = attemptsInARow(assignmentsOf(run, candidate, action));
  return mayPay && attempts < MOST_ATTEMPTS_OF_MODELS ? 'models' : 'playbook';
}

/** Models had to be done sooner than the run needs it. */
function latestFor(run: OpenRun, { work, grant }: Assignment): number {
  if (work.role === 'setup') return run.deadline;
  return run.phase.name === 'searching' ? handoverDeadline(run) : grant.deadline;
}

/** The playbook's recipes stand on the template alone. */
function fromTemplate(work: Work): Work {
  return work.role === 'coder' && work.action === 'implement' ? { ...work, base: null } : work;
}

/** Since the last that was done. */
function attemptsInARow(all: readonly AssignmentState[]): number {
  const done = all.findLastIndex((one) => one.stage === 'closed' && one.failure === null);
  return all.slice(done + 1).length;
}
