/**
 * What an agent is asked to do: the JSON in the first user message of its conversation.
 *
 * Keys come in one order, those that all agents of a run share first, so that the beginning of the message is the same
 * byte for byte and providers can cache it.
 */
import { boardEntry, datasetTask, hardware, plan, score, taskConstraints } from '@modelwright/contracts';
import { z } from 'zod';

const shared = {
  task: datasetTask,
  /** `card.json` of the prepared data, as the harness wrote it. */
  card: z.record(z.string(), z.json()),
  /** What one job may use; `accelerators`, absent where there are none, are for trainings that ask for them. */
  hardware: z.object({
    cpus: z.number().positive(),
    accelerators: hardware.shape.accelerators.optional(),
  }),
};

const own = {
  seed: z.int().nonnegative(),
  /** Whom the work is for: a candidate's id, or `run`. */
  candidate: z.string(),
};

/** From the manager: what to do and why. */
const guidance = z.string().nullable();
/** What the run has learned about the data so far. */
const insights = z.array(z.string());
/** What the checks have found in the data, and in the candidate that this one begins from; absent where nothing. */
const findings = z.array(z.string()).optional();
/** What the task allows; without it nothing was said. */
const constraints = taskConstraints.optional();
/** Time budget of one training; without it nothing was said. */
const secondsPerTrial = z.number().positive().optional();

const config = z.record(z.string(), z.json());

export const designerBrief = z.object({
  ...shared,
  role: z.literal('designer'),
  action: z.enum(['portfolio', 'revise', 'combine']),
  ...own,
  /** How many plans are wanted. */
  count: z.int().positive(),
  /** The candidate to revise. */
  parent: z.string().nullable(),
  /** The second candidate, for `combine`. */
  partner: z.string().nullable(),
  guidance,
  insights,
  findings,
  constraints,
  secondsPerTrial,
  board: z.array(boardEntry),
});
export type DesignerBrief = z.infer<typeof designerBrief>;

export const coderBrief = z.object({
  ...shared,
  role: z.literal('coder'),
  action: z.enum(['floor', 'implement', 'fix']),
  ...own,
  /** Null for the floor. */
  plan: plan.nullable(),
  /** The candidate whose files these are, where the plan revises or combines others. */
  parent: z.string().nullable().optional(),
  /** What went wrong, for `fix`. */
  feedback: z.string().nullable(),
  insights,
  findings,
  constraints,
  secondsPerTrial,
});
export type CoderBrief = z.infer<typeof coderBrief>;

export const tunerBrief = z.object({
  ...shared,
  role: z.literal('tuner'),
  action: z.literal('tune'),
  ...own,
  plan,
  /** How many trainings may be started. */
  trials: z.int().positive(),
  /** Time budget of one training. */
  secondsPerTrial: z.number().positive(),
  /** `config.json` of the version to tune. */
  config,
  guidance,
  insights,
  findings,
});
export type TunerBrief = z.infer<typeof tunerBrief>;

export const aggregatorBrief = z.object({
  ...shared,
  role: z.literal('aggregator'),
  action: z.literal('blend'),
  ...own,
  /** Scored candidates; `score` from the score split, `oof` from their trainings. */
  members: z.array(z.object({ candidate: z.string(), plan, score, oof: score })).min(2),
  insights,
});
export type AggregatorBrief = z.infer<typeof aggregatorBrief>;

export const managerBrief = z.object({
  ...shared,
  role: z.literal('manager'),
  action: z.literal('decide'),
  ...own,
  /** The candidates, the last events and what is left. */
  board: z.string(),
  /** How many candidates may still be made. */
  room: z.int().nonnegative(),
  insights,
});
export type ManagerBrief = z.infer<typeof managerBrief>;

/** There is no task yet: there is a folder. */
export const setupBrief = z.object({
  role: z.literal('setup'),
  action: z.literal('propose'),
  ...own,
  /** What the folder is called. */
  name: z.string(),
  /** Paths and sizes in bytes, the largest folders shortened. */
  files: z.array(z.object({ path: z.string(), bytes: z.int().nonnegative() })),
  /** The folder's own words: `description.md` or README; null without any. */
  description: z.string().nullable(),
  hardware: shared.hardware,
});
export type SetupBrief = z.infer<typeof setupBrief>;

export const brief = z.discriminatedUnion('role', [
  setupBrief,
  managerBrief,
  designerBrief,
  coderBrief,
  tunerBrief,
  aggregatorBrief,
]);
export type Brief = z.infer<typeof brief>;
