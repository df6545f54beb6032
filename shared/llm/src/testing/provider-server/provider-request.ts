/** A request as the server understood it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Message, ToolSpec } from '../../message.ts';

export type ProviderApi = 'chat' | 'responses';

/** What was said so far, in the terms of the port: enough to ask a `Model` for the answer. */
export interface Conversation {
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
}

export interface ProviderRequest {
  /** From 1, over all requests for answers. */
  readonly number: number;
  readonly api: ProviderApi;
  /** Over which it came, from 1. */
  readonly connection: number;
  /** Without the authorization. */
  readonly headers: IncomingHttpHeaders;
  /** There was an authorization. */
  readonly authorized: boolean;
  /** The JSON body as it came. */
  readonly body: unknown;
  /** Its bytes, for comparing. */
  readonly text: string;
  readonly model: string;
  readonly stream: boolean;
  readonly conversation: Conversation;
  /** Tools are told and called in text; `conversation` has them as if they were not, and so may the answer. */
  readonly inText: boolean;
  /** What has become of it. `abandoned`: the client left before the end. */
  readonly state: 'open' | 'answered' | 'faulty' | 'abandoned';
}
