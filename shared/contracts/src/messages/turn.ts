/**
 * The transcript of an assignment, one record at a time, in TURNS. Each append expects the last sequence of the subject:
 * of two workers that hold the same assignment one loses its append and stops.
 *
 * Order of a turn: intent (with its cost ceiling) → reply → results of its tool calls. A `parked` record closes a stop;
 * `finished` closes the transcript. An intent is closed by its reply, by `unanswered`, or, where it asked for a summary, by
 * `condensed`. One that is not closed was never answered as far as is known: it is charged its ceiling.
 */
import { z } from 'zod';
import { failure } from '../failure.ts';
import type { RunId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { sha256 } from '../ref.ts';
import { PREFIX } from '../subjects.ts';
import { usage } from '../task/spent.ts';
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
  z.object({
    type: z.literal('taken'),
    worker: z.string(),
    /** What all its requests begin with: hashes of the system prompt, of the brief and of the tools. */
    prefix: z.object({ system: sha256, brief: sha256, tools: sha256 }).optional(),
    /** Tokens that a request may have, so that a reply of any length fits behind it; absent: any number. */
    room: z.int().positive().optional(),
    at: z.int(),
  }),
  z.object({
    type: z.literal('intent'),
    turn: z.int().positive(),
    ceilingMicroUsd: z.int().nonnegative(),
    /** What is asked for: the next turn, or a summary of former ones. */
    purpose: z.enum(['turn', 'summary']).default('turn'),
    /** Tokens of the request, estimated, and the most that its reply may have. */
    estimate: z
      .object({ inputTokens: z.int().nonnegative(), outputTokens: z.int().nonnegative() })
      .optional(),
    /** The last turn there is room for: only what hands over is offered. */
    wrapUp: z.literal(true).optional(),
    /** Of the request as it was made. */
    request: sha256.optional(),
    /** The last message of the request: limits and what is left of them. Of this request alone. */
    status: z.string().default(''),
    at: z.int(),
  }),
  z.object({
    type: z.literal('reply'),
    turn: z.int().positive(),
    text: z.string(),
    calls: z.array(toolCall),
    usage,
    /** The model that answered. */
    model: z.string().default(''),
    /** `length`: cut off, so none of its calls is run. */
    finish: z.enum(['stop', 'length', 'refused']).default('stop'),
    /** What the provider wants to see again, as it was. */
    opaque: z.json().optional(),
    at: z.int(),
  }),
  /** The intent got no reply and is charged this much. Many in a row end the assignment. */
  z.object({
    type: z.literal('unanswered'),
    turn: z.int().positive(),
    failure,
    /** It has certainly cost nothing. */
    free: z.literal(true).optional(),
    /** Milliseconds since the epoch: before that there is no sense in asking again. */
    retryAt: z.int().optional(),
    microUsd: z.int().nonnegative(),
    model: z.string(),
    at: z.int(),
  }),
  /** From here on the conversation is shown shorter: the tools' answers up to one turn are left out, and all up to another is told in a summary. */
  z.object({
    type: z.literal('condensed'),
    /** Answers of tools up to this turn are masked. */
    maskedThrough: z.int().nonnegative(),
    /** All up to this turn is replaced by `summary`; 0 where nothing is. */
    summarisedThrough: z.int().nonnegative(),
    summary: z.string(),
    reason: z.string(),
    /** Of the call that wrote the summary, which closes its intent. */
    usage: usage.nullable(),
    model: z.string(),
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
