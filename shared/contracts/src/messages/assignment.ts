/**
 * Work for an agent, or for one of the manager's own workers. Sent by the run actor to WORK; sent again, unchanged,
 * when what the assignment was parked on has come to pass: the transcript knows where it stood.
 */
import { z } from 'zod';
import { id, type RunId, runId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { PREFIX } from '../subjects.ts';
import { work } from './work.ts';

export const role = z.enum(['setup', 'designer', 'coder', 'tuner', 'aggregator', 'grader', 'delivery']);
export type Role = z.infer<typeof role>;

/** What an assignment may spend. Reserved by the decision that made it, closed by its final message. */
export const grant = z.object({
  turns: z.int().positive(),
  microUsd: z.int().nonnegative(),
  /** Milliseconds since the epoch. */
  deadline: z.int(),
});
export type Grant = z.infer<typeof grant>;

export const assignmentBody = z.object({
  id,
  run: runId,
  candidate: z.string(),
  seed: z.int().nonnegative(),
  grant,
  /** Who answers in place of a language model, and how. */
  player: z.object({ kind: z.literal('playbook'), clumsy: z.boolean() }),
  work,
});
export type Assignment = z.infer<typeof assignmentBody>;

export const assignment = defineMessage('assignment.v1', assignmentBody);

export const workSubject = (to: Role, priority: 'normal', run: RunId) =>
  `${PREFIX}.work.${to}.${priority}.${run}`;
export const workFilter = (to: Role) => `${PREFIX}.work.${to}.>`;
