/** What can happen in a run, in the past tense. The run's state is the fold of these. */
import { z } from 'zod';
import { id, runId } from '../ids.ts';
import { grant, hardware } from '../messages/assignment.ts';
import { waitCondition } from '../messages/assignment-parked.ts';
import { jobPurpose } from '../messages/job.ts';
import { jobEnd } from '../messages/job-outcome.ts';
import { role } from '../messages/role.ts';
import { runSubmitted } from '../messages/run-inbox.ts';
import { blobRef, treeRef } from '../ref.ts';
import { comparison } from '../task/comparison.ts';
import { preparedData } from '../task/dataset.ts';
import { finding, trust } from '../task/finding.ts';
import { managerAction } from '../task/manager-action.ts';
import { plan } from '../task/plan.ts';
import { player } from '../task/player.ts';
import { score } from '../task/score.ts';
import { spent } from '../task/spent.ts';
import { task } from '../task/task.ts';
import { trained, trial } from '../task/trial.ts';
import { version } from '../task/version.ts';

export const phase = z.enum([
  'preparing',
  'searching',
  'aggregating',
  'refitting',
  'verifying',
  'finished',
  'failed',
  'cancelled',
]);
export type Phase = z.infer<typeof phase>;

const candidate = z.string();
/** Where the run has a limit on tokens. */
const tokensSpent = z.object({ spent: z.int().nonnegative(), cap: z.int().positive() });

export const runEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run-started'), submitted: runSubmitted.body, at: z.int(), deadline: z.int() }),
  z.object({ type: z.literal('phase-entered'), phase, at: z.int() }),
  z.object({
    type: z.literal('data-prepared'),
    data: preparedData,
    /** Proposed for a folder without one. */
    task: task.nullable().default(null),
  }),
  z.object({
    type: z.literal('assignment-opened'),
    assignment: id,
    role,
    action: z.string(),
    candidate,
    /** Reserved for it, and who answers; absent for the manager's own programs. */
    grant: grant.optional(),
    player: player.optional(),
    at: z.int(),
  }),
  z.object({
    type: z.literal('assignment-stopped'),
    assignment: id,
    stop: z.int(),
    condition: waitCondition,
  }),
  z.object({ type: z.literal('assignment-resumed'), assignment: id, stop: z.int() }),
  z.object({
    type: z.literal('assignment-closed'),
    assignment: id,
    spent,
    /** Null when it was done. */
    failure: z.string().nullable(),
    /** Kind of the failure. */
    kind: z.string().optional(),
    /** When that became known. */
    at: z.int().optional(),
    /** Its final message has not come, so the whole grant is charged; when it comes the assignment is closed again. */
    provisional: z.boolean().optional(),
  }),
  z.object({ type: z.literal('job-opened'), job: id, purpose: jobPurpose, candidate, at: z.int() }),
  z.object({
    type: z.literal('job-closed'),
    job: id,
    end: jobEnd,
    reason: z.string(),
    seconds: z.number(),
    output: treeRef.nullable(),
    isolation: z.enum(['contained', 'partial', 'none']),
    /** When that became known. */
    at: z.int().optional(),
  }),
  z.object({
    type: z.literal('candidate-planned'),
    candidate,
    plan: plan.nullable(),
    parent: candidate.nullable(),
    /** The second parent of a combination. */
    partner: candidate.nullable().default(null),
    /** From the manager, for whoever works on it next. */
    guidance: z.string().nullable().default(null),
  }),
  z.object({ type: z.literal('candidate-implemented'), candidate, plan, version }),
  z.object({
    type: z.literal('candidate-trained'),
    candidate,
    plan,
    trained,
    trials: z.array(trial),
    /** Of a blend: the candidates it is put together from. */
    members: z.array(candidate).optional(),
  }),
  z.object({
    type: z.literal('candidate-predicted'),
    candidate,
    predictions: treeRef,
    test: treeRef.nullable(),
    /** Of every round, where candidates are scored in rounds. */
    rounds: z.array(treeRef).optional(),
    probe: treeRef.optional(),
  }),
  z.object({
    type: z.literal('candidate-scored'),
    candidate,
    score,
    diagnosis: z.string().nullable(),
    comparison: comparison.nullable().optional(),
    findings: z.array(finding).optional(),
    trust: trust.optional(),
    /** Why it may not be delivered, such as a model larger than allowed; absent where it may. */
    excluded: z.string().optional(),
    /** Made with it, for when it becomes the best later. */
    submission: blobRef.nullable().optional(),
  }),
  /** Trained and scored again with another seed. */
  z.object({
    type: z.literal('candidate-reseeded'),
    candidate,
    seed: z.int().nonnegative(),
    score,
    /** With the first training of the best of that time. */
    comparison: comparison.nullable(),
  }),
  /** Looked at more closely, as one of those that may win: all that is known of it now. */
  z.object({ type: z.literal('candidate-audited'), candidate, findings: z.array(finding), trust }),
  /** Its code failed outside its maker's sight; a coder gets `feedback` to mend it. */
  z.object({ type: z.literal('candidate-broken'), candidate, feedback: z.string() }),
  z.object({ type: z.literal('candidate-dropped'), candidate, reason: z.string() }),
  /** The best so far, and the submission made with it. */
  z.object({ type: z.literal('best-changed'), candidate, score, submission: blobRef.nullable() }),
  z.object({ type: z.literal('winner-sealed'), candidate, reason: z.string() }),
  z.object({ type: z.literal('holdout-opened'), candidate, score }),
  z.object({ type: z.literal('holdout-unavailable'), candidate, reason: z.string() }),
  z.object({ type: z.literal('model-chosen'), output: treeRef, refitted: z.boolean(), reason: z.string() }),
  z.object({ type: z.literal('model-recorded'), predictions: treeRef, test: treeRef.nullable() }),
  /** Whether the refitted model says what the scored one says. */
  z.object({ type: z.literal('model-compared'), agree: z.boolean(), notes: z.array(z.string()) }),
  z.object({ type: z.literal('deliverable-packaged'), deliverable: treeRef, requirements: z.string() }),
  z.object({ type: z.literal('deliverable-verified'), agree: z.boolean(), notes: z.array(z.string()) }),
  z.object({ type: z.literal('attention-needed'), subject: z.string(), reason: z.string() }),
  z.object({
    type: z.literal('actions-decided'),
    assignment: id,
    actions: z.array(managerAction),
    reason: z.string(),
  }),
  z.object({
    type: z.literal('insights-noted'),
    assignment: id,
    role,
    candidate,
    notes: z.array(z.string()),
  }),
  /** No more is begun; what is under way is finished. */
  z.object({ type: z.literal('search-stopped'), reason: z.string() }),
  /** By the user: the best so far is to be delivered now; with `refit: false` as it is. */
  z.object({ type: z.literal('finish-requested'), reason: z.string(), refit: z.boolean() }),
  /** The playbook answers for the role from now on. */
  z.object({ type: z.literal('role-taken-over'), role, reason: z.string() }),
  z.object({
    type: z.literal('money-warned'),
    spentMicroUsd: z.int(),
    capMicroUsd: z.int(),
    tokens: tokensSpent.optional(),
  }),
  /** Nothing that costs is begun before the budget is raised. */
  z.object({
    type: z.literal('money-paused'),
    spentMicroUsd: z.int(),
    capMicroUsd: z.int(),
    tokens: tokensSpent.optional(),
  }),
  z.object({
    type: z.literal('budget-raised'),
    microUsd: z.int().nonnegative(),
    tokens: z.int().positive().optional(),
  }),
  z.object({
    type: z.literal('slots-counted'),
    slots: z.int().nonnegative(),
    /** Absent: as before. */
    accelerators: hardware.shape.accelerators.optional(),
  }),
  z.object({
    type: z.literal('run-ended'),
    run: runId,
    outcome: z.enum(['finished', 'failed', 'cancelled']),
    reason: z.string(),
    at: z.int(),
  }),
]);
export type RunEvent = z.infer<typeof runEvent>;
