/**
 * The transcript of an assignment, one record at a time, in TURNS. Each append expects the last sequence of the subject:
 * of two workers that hold the same assignment one loses its append and stops.
 *
 * Order of a turn: intent (with its cost ceiling) → reply → results of its tool calls. A `parked` record closes a stop;
 * `finished` closes the transcript. A reply that is missing after an intent was never received: it is charged its ceiling.
 */
import { z } from 'zod';
import type { RunId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { PREFIX } from '../subjects.ts';
import { version } from '../task/version.ts';
import { assignmentFinished } from './assignment-finished.ts';
import { waitCondition } from './assignment-parked.ts';

export const toolCall = z.object({
  id: z.string(),
  name: z.string(),
  /** JSON text as the model wrote it; may be malformed. */
  arguments: z.string(),
});
export type ToolCall = z.infer<typeof toolCall>;

export const turnRecordBody = z.discriminatedUnion('type', [
  /** A worker took the assignment up. Three in a row without anything after them is poison. */
  z.object({ type: z.literal('taken'), worker: z.string(), at: z.int() }),
  z.object({
    type: z.literal('intent'),
    turn: z.int().positive(),
    ceilingMicroUsd: z.int().nonnegative(),
    at: z.int(),
  }),
  z.object({
    type: z.literal('reply'),
    turn: z.int().positive(),
    text: z.string(),
    calls: z.array(toolCall),
    usage: z.object({ inputTokens: z.int(), outputTokens: z.int(), microUsd: z.int() }),
    at: z.int(),
  }),
  z.object({
    type: z.literal('parked'),
    turn: z.int().positive(),
    call: z.int().nonnegative(),
    stop: z.int().positive(),
    condition: waitCondition,
    at: z.int(),
  }),
  z.object({
    type: z.literal('result'),
    turn: z.int().positive(),
    /** Index of the call within the reply. */
    call: z.int().nonnegative(),
    content: z.string(),
    failed: z.boolean(),
    /** The work tree after the call; null for an agent without one. */
    version: version.nullable(),
    at: z.int(),
  }),
  z.object({ type: z.literal('finished'), final: assignmentFinished.body, at: z.int() }),
]);
export type TurnRecord = z.infer<typeof turnRecordBody>;

export const turnRecord = defineMessage('turn.v1', turnRecordBody);

export const turnSubject = (run: RunId, assignment: string) => `${PREFIX}.turn.${run}.${assignment}`;
