/** What servers send for Responses, as far as it matters here: finished items, and the end. */
import { z } from 'zod';

/** An item of the output, kept as it is: it is sent back in the next request. */
export const outputItem = z.record(z.string(), z.json());
export type OutputItem = z.infer<typeof outputItem>;

export const functionCallItem = z.object({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
});

export const messageItem = z.object({
  type: z.literal('message'),
  content: z.array(
    z.union([
      z.object({ type: z.literal('output_text'), text: z.string() }),
      z.object({ type: z.literal('refusal'), refusal: z.string() }),
      z.object({ type: z.string() }),
    ]),
  ),
});

const tokens = z.int().nonnegative();

const usage = z.object({
  input_tokens: tokens,
  input_tokens_details: z.object({ cached_tokens: tokens.nullish() }).nullish(),
  output_tokens: tokens,
  output_tokens_details: z.object({ reasoning_tokens: tokens.nullish() }).nullish(),
});
export type ResponsesUsage = z.infer<typeof usage>;

export const responseObject = z.object({
  object: z.literal('response').optional(),
  status: z.string(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(outputItem).nullish(),
  usage: usage.nullish().catch(null),
});
export type ResponseObject = z.infer<typeof responseObject>;

export const responsesEvent = z.union([
  z.object({ type: z.literal('response.output_item.done'), item: outputItem }),
  z.object({
    type: z.enum(['response.completed', 'response.incomplete', 'response.failed']),
    response: responseObject,
  }),
  /** All others: they show that something comes. */
  z.object({ type: z.string() }),
  /** An answer without a stream. */
  responseObject,
]);
