/** What is to be done, by role: the contents of an assignment. */
import { z } from 'zod';
import { treeRef } from '../ref.ts';
import { preparedData } from '../task/dataset.ts';
import { finding, trust } from '../task/finding.ts';
import { plan } from '../task/plan.ts';
import { score } from '../task/score.ts';
import { task, taskConstraints } from '../task/task.ts';
import { trained } from '../task/trial.ts';
import { version } from '../task/version.ts';

export const boardEntry = z.object({
  candidate: z.string(),
  plan,
  state: z.string(),
  score: score.nullable(),
  oof: score.nullable(),
  seconds: z.number().nullable(),
  diagnosis: z.string().nullable(),
  /** Whether its score is believed; absent where it is not scored, and where the board is the model card's. */
  trust: trust.shape.label.optional(),
  /** What the checks have found in it, as far as agents may be told. */
  findings: z.array(z.string()).optional(),
});
export type BoardEntry = z.infer<typeof boardEntry>;

/** A prediction file to be judged: the output of an `infer` job holds `predictions.csv`. */
const predictions = treeRef;

/** From the manager: what to do and why. */
const guidance = z.string().nullable().default(null);
/** What the run has learned about the data so far. */
const insights = z.array(z.string()).default([]);
/** What the task allows: packages, pages of the web, the model's size. Without it nothing was said. */
const constraints = taskConstraints.optional();
/** Time budget of one training: what is planned and written has to fit into it. */
const secondsPerTrial = z.number().positive().optional();
/** What the checks have found in the data, and in the candidate whose code is the beginning; nothing of single hidden rows. */
const findings = z.array(z.string()).optional();

export const setupWork = z.object({
  role: z.literal('setup'),
  /** Null for a folder without a task.yaml: one is proposed. */
  task: task.nullable(),
  source: treeRef,
  seed: z.int().nonnegative(),
});

export const designerWork = z.object({
  role: z.literal('designer'),
  action: z.enum(['portfolio', 'revise', 'combine']),
  data: preparedData,
  /** How many plans are wanted. */
  count: z.int().positive(),
  /** The candidate to revise; null for a portfolio. */
  parent: z.string().nullable(),
  /** The second parent of a combination. */
  partner: z.string().nullable().default(null),
  board: z.array(boardEntry),
  guidance,
  insights,
  findings,
  constraints,
  secondsPerTrial,
});

export const coderWork = z.object({
  role: z.literal('coder'),
  action: z.enum(['floor', 'implement', 'fix']),
  data: preparedData,
  /** Null for the floor: the coder takes the fastest recipe for the kind of task. */
  plan: plan.nullable(),
  /** Where to start from; null for the template. */
  base: version.nullable(),
  /** Candidate that the plan revises or combines; absent in older records. */
  parent: z.string().nullable().optional(),
  /** What went wrong with `base`, for `fix`. */
  feedback: z.string().nullable(),
  insights,
  findings,
  constraints,
  secondsPerTrial,
});

export const tunerWork = z.object({
  role: z.literal('tuner'),
  action: z.literal('tune'),
  data: preparedData,
  plan,
  version,
  trials: z.int().positive(),
  /** Time budget of one training. */
  secondsPerTrial: z.number().positive(),
  guidance,
  insights,
  findings,
});

export const managerWork = z.object({
  role: z.literal('manager'),
  action: z.literal('decide'),
  data: preparedData,
  /** The candidates, the last events and what is left, as text of at most 6,000 tokens. */
  board: z.string(),
  /** How many candidates may still be made. */
  room: z.int().nonnegative(),
  insights,
});

export const aggregatorWork = z.object({
  role: z.literal('aggregator'),
  action: z.literal('blend'),
  data: preparedData,
  members: z.array(z.object({ candidate: z.string(), plan, trained, score })).min(2),
  insights,
});

export const graderWork = z.discriminatedUnion('action', [
  z.object({
    role: z.literal('grader'),
    action: z.literal('score'),
    data: preparedData,
    predictions,
    /** Output of the training, for the decision layer and the diagnosis. */
    trained: treeRef,
    /** Raw predictions on the test inputs, for the submission; null without a test set. */
    test: predictions.nullable(),
    /** The best candidate's predictions on the same rows, for a paired comparison. */
    against: z
      .object({
        candidate: z.string(),
        predictions,
        trained: treeRef,
        rounds: z.array(predictions).optional(),
      })
      .nullable(),
    /** Predictions of every round, in order, where candidates are scored in rounds; `predictions` is then the first. */
    rounds: z.array(predictions).optional(),
    /** Predictions of the probe rows. */
    probe: predictions.optional(),
    /** How many versions the hidden labels have judged before this one. */
    queries: z.int().nonnegative().optional(),
    /** Its code, and what its training said of its own score. */
    version: version.optional(),
    claimed: z.number().nullable().optional(),
  }),
  z.object({
    role: z.literal('grader'),
    action: z.literal('holdout'),
    data: preparedData,
    predictions,
    trained: treeRef,
  }),
  z.object({
    role: z.literal('grader'),
    action: z.literal('reproduce'),
    data: preparedData,
    record: predictions,
    /** Output of the `verify` job. */
    reproduced: predictions,
    /** What was delivered, with its submission, and the raw predictions of the test rows that it was made from. */
    delivered: z.object({ tree: treeRef, test: predictions }).optional(),
  }),
  /** Is what the candidate says of itself what comes out when the harness does it? */
  z.object({
    role: z.literal('grader'),
    action: z.literal('audit'),
    data: preparedData,
    /** Output of the training that is audited. */
    trained: treeRef,
    /** Predictions of one fold by a training that had none of its labels; null where there are none. */
    fold: predictions.nullable(),
    /** Output of a training on targets dealt out anew; null where there is none. */
    shuffled: treeRef.nullable(),
    /** What was found when it was scored. */
    findings: z.array(finding),
    /** What else kept it from being verified, such as a check that could not be made. */
    reasons: z.array(z.string()),
  }),
  /** Does the model trained on all labelled rows still say what the scored one says? */
  z.object({
    role: z.literal('grader'),
    action: z.literal('agreement'),
    data: preparedData,
    /** Of the same rows, by the scored model and by the refitted one; null where there are none to compare on. */
    scored: predictions.nullable(),
    refitted: predictions.nullable(),
    /** Output of the training that was scored, for its out-of-fold errors, and of the refit. */
    trained: treeRef,
    refit: treeRef,
    /** Whether the refit was trained on the rows that are compared. */
    seen: z.boolean(),
  }),
]);

export const deliveryWork = z.object({
  role: z.literal('delivery'),
  action: z.literal('package'),
  data: preparedData,
  candidate: z.string(),
  plan,
  trained,
  /** Output of the job that trained the delivered model: the refit, or the scored training itself. */
  model: treeRef,
  refitted: z.boolean(),
  score,
  holdout: score.nullable(),
  board: z.array(boardEntry),
  /** Raw predictions of the delivered model on the test inputs; null without a test set. */
  test: predictions.nullable(),
  task,
  /** What the checks of the candidate found, for the model card. */
  findings: z.array(finding).optional(),
  trust: trust.optional(),
});

export const work = z.union([
  setupWork,
  managerWork,
  designerWork,
  coderWork,
  tunerWork,
  aggregatorWork,
  graderWork,
  deliveryWork,
]);
export type Work = z.infer<typeof work>;
