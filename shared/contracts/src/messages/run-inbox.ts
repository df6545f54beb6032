/** All that a run actor reacts to. One union, so that `decide` can be exhaustive. */
import { z } from 'zod';
import { id, runId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { treeRef } from '../ref.ts';
import { runBudget } from '../task/budget.ts';
import { runPlayer } from '../task/player.ts';
import { task } from '../task/task.ts';
import { assignmentFinished } from './assignment-finished.ts';
import { assignmentParked } from './assignment-parked.ts';
import { jobEnd } from './job-outcome.ts';

/** From the user: a task and its uploaded folder. */
export const runSubmitted = defineMessage(
  'run-submitted.v1',
  z.object({
    type: z.literal('run-submitted'),
    run: runId,
    /** Null for a folder without a task.yaml: one is proposed. */
    task: task.nullable(),
    budget: runBudget,
    seed: z.int().nonnegative(),
    /** The task folder, in store `truth`: it holds labels. */
    source: treeRef,
    player: runPlayer,
  }),
);

/** From a runner, after the outcome is in RESULTS. */
export const jobFinished = defineMessage(
  'job-finished.v1',
  z.object({
    type: z.literal('job-finished'),
    run: runId,
    job: id,
    end: jobEnd,
    reason: z.string(),
    attempt: z.int().positive(),
    wallSeconds: z.number().nonnegative(),
    output: treeRef.nullable(),
    isolation: z.enum(['contained', 'partial', 'none']),
  }),
);

/** From the ticker: what time it is, and how much can run at once. Harmless when doubled. */
export const tick = defineMessage(
  'tick.v1',
  z.object({
    type: z.literal('tick'),
    run: runId,
    now: z.int(),
    /** Slots for trainings on all live runners; null when no runner is known. */
    slots: z.int().nonnegative().nullable(),
    /** What live runners have beside processors, by model; `count` is the most that one of them has. */
    accelerators: z
      .array(z.object({ model: z.string(), memoryBytes: z.int().nonnegative(), count: z.int().positive() }))
      .optional(),
  }),
);

/** From the user. */
export const cancelRequested = defineMessage(
  'cancel-requested.v1',
  z.object({ type: z.literal('cancel-requested'), run: runId, reason: z.string() }),
);

/** From the user: no more is begun, and the best so far is delivered. */
export const finishRequested = defineMessage(
  'finish-requested.v1',
  z.object({
    type: z.literal('finish-requested'),
    run: runId,
    reason: z.string(),
    /** False: the scored model is delivered as it is. */
    refit: z.boolean().optional(),
  }),
);

/** From the user: what models may cost in this run altogether, from now on. */
export const budgetRaised = defineMessage(
  'budget-raised.v1',
  z.object({
    type: z.literal('budget-raised'),
    run: runId,
    microUsd: z.int().nonnegative(),
    /** Input and output together; without it their limit stays as it is. */
    tokens: z.int().positive().optional(),
  }),
);

/** From whoever gave up on a message that could not be handled; the message itself is in DLQ. */
export const attentionNeeded = defineMessage(
  'attention-needed.v1',
  z.object({
    type: z.literal('attention-needed'),
    run: runId,
    subject: z.string(),
    assignment: id.nullable(),
    reason: z.string(),
  }),
);

export const inboxBody = z.discriminatedUnion('type', [
  runSubmitted.body,
  assignmentFinished.body,
  assignmentParked.body,
  jobFinished.body,
  tick.body,
  cancelRequested.body,
  finishRequested.body,
  budgetRaised.body,
  attentionNeeded.body,
]);
export type InboxMessage = z.infer<typeof inboxBody>;

/** The definition a message of the inbox is published and parsed by. */
export const inboxDefinitions = {
  'run-submitted': runSubmitted,
  'assignment-finished': assignmentFinished,
  'assignment-parked': assignmentParked,
  'job-finished': jobFinished,
  tick,
  'cancel-requested': cancelRequested,
  'finish-requested': finishRequested,
  'budget-raised': budgetRaised,
  'attention-needed': attentionNeeded,
} as const;
