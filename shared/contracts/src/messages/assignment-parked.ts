/**
 * An agent has stopped to wait, and holds no slot. Sent to the run's inbox, whose actor sends the assignment again
 * when every job named has ended, or when `until` has passed.
 */
import { z } from 'zod';
import { id, runId } from '../ids.ts';
import { defineMessage } from '../message.ts';

export const waitCondition = z.object({
  jobs: z.array(id).min(1),
  /** Milliseconds since the epoch; null waits for the jobs alone, whose own limits end them. */
  until: z.int().nullable(),
});
export type WaitCondition = z.infer<typeof waitCondition>;

export const assignmentParked = defineMessage(
  'assignment-parked.v1',
  z.object({
    type: z.literal('assignment-parked'),
    run: runId,
    assignment: id,
    /** Which stop of this assignment it is, from 1: an old one changes nothing. */
    stop: z.int().positive(),
    condition: waitCondition,
  }),
);
