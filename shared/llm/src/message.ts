/** A conversation with a model, in the terms all providers share. */
import type { ToolCall } from '@modelwright/contracts';
import type { JsonValue } from './model.ts';

export type Message =
  | { readonly role: 'user'; readonly text: string }
  | {
      readonly role: 'assistant';
      readonly text: string;
      readonly calls: readonly ToolCall[];
      /** As the reply had it; null for nothing. Only the model that wrote it may make sense of it. */
      readonly opaque: JsonValue | null;
      readonly model: string;
      /** Tokens of input that its model was charged for when it wrote this: of all that stands before it, at least. */
      readonly counted?: number;
    }
  | { readonly role: 'tool'; readonly callId: string; readonly content: string; readonly failed: boolean };

/** A tool as it is offered to a model. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}
