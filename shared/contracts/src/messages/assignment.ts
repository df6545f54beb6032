/**
 * Work for an agent, or for one of the manager's own workers. Sent by the run actor to WORK; sent again, unchanged,
 * when what the assignment was parked on has come to pass: the transcript knows where it stood.
 */
import { z } from 'zod';
import { id, type RunId, runId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { PREFIX } from '../subjects.ts';
import { player } from '../task/player.ts';
import type { Role } from './role.ts';
import { work } from './work.ts';

/** What an assignment may spend. Reserved by the decision that made it, closed by its final message. */
export const grant = z.object({
  turns: z.int().positive(),
  microUsd: z.int().nonnegative(),
  /** Input and output together; null: as many as the rest allows. */
  tokens: z.int().positive().nullable().default(null),
  /** Milliseconds since the epoch. */
  deadline: z.int(),
});
export type Grant = z.infer<typeof grant>;

/** What trainings may count on, as far as known when the assignment was made. `count` is the most that one host has. */
export const hardware = z.object({
  accelerators: z.array(
    z.object({ model: z.string(), memoryBytes: z.int().nonnegative(), count: z.int().positive() }),
  ),
});
export type Hardware = z.infer<typeof hardware>;

export const assignmentBody = z.object({
  id,
  run: runId,
  candidate: z.string(),
  seed: z.int().nonnegative(),
  grant,
  player,
  work,
  hardware: hardware.optional(),
});
export type Assignment = z.infer<typeof assignmentBody>;

export const assignment = defineMessage('assignment.v1', assignmentBody);

export const workSubject = (to: Role, priority: 'normal', run: RunId) =>
  `${PREFIX}.work.${to}.${priority}.${run}`;
export const workFilter = (to: Role) => `${PREFIX}.work.${to}.>`;
