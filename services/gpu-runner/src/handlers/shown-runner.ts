/** What the worker registry shows of this runner. */
import type { Worker } from '@modelwright/contracts';
import type { Accelerators } from './accelerators.ts';
import type { DrainWatch } from './drain-watch.ts';
import type { Executor, Isolation } from './executor.ts';
import type { JobsInHand } from './jobs-in-hand.ts';
import type { WaitingJobs } from './waiting-jobs.ts';

export interface ShownParts {
  readonly classes: readonly string[];
  readonly slots: number;
  readonly inHand: JobsInHand;
  readonly isolation: Isolation;
  readonly executor: Executor;
  readonly accelerators: Accelerators;
  readonly waiting: WaitingJobs;
  readonly drain: DrainWatch;
}

export function shownRunner(parts: ShownParts): NonNullable<Worker['runner']> {
  const { inHand, isolation, accelerators, waiting, drain } = parts;
  return {
    classes: [...parts.classes],
    slots: parts.slots,
    busy: inHand.busy,
    jobs: inHand.ids,
    isolation: isolation.level,
    isolationNotes: isolation.notes,
    executor: parts.executor.name,
    accelerators: accelerators.listAll(),
    waiting: waiting.list(),
    inWork: Object.fromEntries(inHand.inWork()),
    reservedFor: inHand.firstInLine?.id ?? null,
    drained: drain.current.kind === 'take' ? null : drain.current.reason,
  };
}
