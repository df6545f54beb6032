/** What a message definition is: its schema's name and version, its zod schema, and nothing else. */
import type { z } from 'zod';

export interface MessageDefinition<Schema extends z.ZodType = z.ZodType> {
  /** Such as `job.v1`. A published schema never changes; a change of shape is a new version beside it. */
  readonly schema: string;
  readonly body: Schema;
}

export function defineMessage<Schema extends z.ZodType>(
  schema: string,
  body: Schema,
): MessageDefinition<Schema> {
  return { schema, body };
}

export type BodyOf<Definition> = Definition extends MessageDefinition<infer Schema> ? z.infer<Schema> : never;
