/** The final message of an assignment: what it left, or why it left nothing. Sent to the run's inbox; closes the grant. */
import { z } from 'zod';
import { failure } from '../failure.ts';
import { id, runId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { blobRef, treeRef } from '../ref.ts';
import { comparison } from '../task/comparison.ts';
import { preparedData } from '../task/dataset.ts';
import { finding, trust } from '../task/finding.ts';
import { managerAction } from '../task/manager-action.ts';
import { plan } from '../task/plan.ts';
import { score } from '../task/score.ts';
import { spent } from '../task/spent.ts';
import { task } from '../task/task.ts';
import { trained, trial } from '../task/trial.ts';
import { version } from '../task/version.ts';

export const workResult = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('setup'),
    data: preparedData,
    /** The task that was proposed for a folder without one. */
    task: task.nullable().default(null),
  }),
  /** No action: wait for what comes next. */
  z.object({ role: z.literal('manager'), actions: z.array(managerAction).max(20), reason: z.string() }),
  z.object({ role: z.literal('designer'), plans: z.array(plan).min(1) }),
  z.object({ role: z.literal('coder'), plan, version, smokeSeconds: z.number().nonnegative() }),
  z.object({ role: z.literal('tuner'), trained, trials: z.array(trial).min(1), reason: z.string() }),
  z.object({
    role: z.literal('aggregator'),
    blend: z.object({ plan, trained, weights: z.record(z.string(), z.number()) }).nullable(),
    reason: z.string(),
  }),
  z.object({
    role: z.literal('grader'),
    score: score.nullable(),
    /** Paired with the best so far: null when there was none. */
    comparison: comparison.nullable(),
    submission: blobRef.nullable(),
    diagnosis: z.string().nullable(),
    agree: z.boolean().nullable(),
    notes: z.array(z.string()),
    /** What the checks of this candidate found, and what follows. */
    findings: z.array(finding).optional(),
    trust: trust.optional(),
    /** Size of the model that was scored. */
    modelBytes: z.int().nonnegative().optional(),
  }),
  z.object({
    role: z.literal('delivery'),
    deliverable: treeRef,
    requirements: z.string(),
    notes: z.array(z.string()),
  }),
]);
export type WorkResult = z.infer<typeof workResult>;

export const assignmentFinishedBody = z.object({
  type: z.literal('assignment-finished'),
  run: runId,
  assignment: id,
  spent,
  /** What was learned about the data, for all agents of the run. */
  notes: z.array(z.string().max(2000)).default([]),
  outcome: z.discriminatedUnion('status', [
    z.object({ status: z.literal('done'), result: workResult }),
    z.object({ status: z.literal('failed'), failure }),
  ]),
});
export type AssignmentFinished = z.infer<typeof assignmentFinishedBody>;

export const assignmentFinished = defineMessage('assignment-finished.v1', assignmentFinishedBody);
