/**
 * One decision of a run, in RUNS: what caused it, what happened, what is to be done, and why.
 *
 * `previous` is the stream sequence of the run's last accepted record. A reader skips a record whose `previous` is not
 * the one it accepted last: the writer had not seen everything.
 */
import { z } from 'zod';
import type { RunId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { inboxBody } from '../messages/run-inbox.ts';
import { PREFIX } from '../subjects.ts';
import { runEffect } from './effect.ts';
import { runEvent } from './event.ts';

export const runRecordBody = z.object({
  /** 0 for the first. */
  previous: z.int().nonnegative(),
  cause: z.object({
    messageId: z.string(),
    type: z.string(),
    /** Word for word, so that the decision can be made again. */
    message: inboxBody.optional(),
  }),
  at: z.int(),
  reason: z.string(),
  events: z.array(runEvent),
  effects: z.array(runEffect),
});
export type RunRecord = z.infer<typeof runRecordBody>;

export const runRecord = defineMessage('run-record.v1', runRecordBody);

export const runLogSubject = (run: RunId) => `${PREFIX}.run.${run}.log`;
export const RUN_LOGS_FILTER = `${PREFIX}.run.*.log`;
