/** Messages in streams: publish, append under a condition, read, follow, and take work from durable consumers. */
import type { MessageDefinition } from '@modelwright/contracts';
import type { z } from 'zod';
import type { Delivery, Verdict } from '../delivery/delivery.ts';
import type { ConsumerName, StreamName } from '../topology/names.ts';

/** What a message of this definition carries. */
export type Body<Definition extends MessageDefinition> = z.infer<Definition['body']>;

/** A message to be sent. Its id is derived from the work it stands for, never drawn. */
export interface Publication<Definition extends MessageDefinition> {
  readonly definition: Definition;
  readonly subject: string;
  readonly body: Body<Definition>;
  readonly messageId: string;
  /** Id of the message that led to this one. */
  readonly cause?: string | null;
  readonly run?: string | null;
}

/** A message as it lies in its stream. */
export interface Stored<Body> {
  readonly subject: string;
  readonly sequence: number;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly time: number;
  readonly messageId: string;
  /** Name and version of the body's schema. */
  readonly schema: string;
  readonly body: Body;
}

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly sequence: number }
  | { readonly kind: 'conflict' };

/** One definition, or all that may come. A message of any other schema is not handled as if it were one of these. */
export type Definitions<Definition extends MessageDefinition> = Definition | readonly Definition[];

export interface Streams {
  /** Sends, and waits until the stream has it. A repeated id within the duplicate window stores nothing. */
  publish<Definition extends MessageDefinition>(
    publication: Publication<Definition>,
  ): Promise<{ sequence: number; duplicate: boolean }>;

  /**
   * Appends if `expectedLast` is the last sequence on the subject (0: there is none). An append in doubt is looked up
   * before it is answered, so `appended` and `conflict` are both certain.
   */
  append<Definition extends MessageDefinition>(
    publication: Publication<Definition> & { readonly expectedLast: number },
  ): Promise<AppendOutcome>;

  /** All that is on the subject (wildcards allowed) when called, in order, from `after` on, exclusive. */
  read<Definition extends MessageDefinition>(
    stream: StreamName,
    subject: string,
    definitions: Definitions<Definition>,
    after?: number,
  ): Promise<Stored<Body<Definition>>[]>;

  last<Definition extends MessageDefinition>(
    stream: StreamName,
    subject: string,
    definitions: Definitions<Definition>,
  ): Promise<Stored<Body<Definition>> | null>;

  /** How many messages lie on each subject that matches the filter, those in work included. */
  depths(stream: StreamName, filter: string): Promise<ReadonlyMap<string, number>>;

  /** Subjects in use that match the filter, sorted. */
  subjects(stream: StreamName, filter: string): Promise<string[]>;

  /**
   * All that is on the filter from `after` (exclusive, 0) on, and all that comes, until the signal. Goes on after a
   * restart of the server without gap or repeat. Messages of other schemas are passed over.
   */
  follow<Definition extends MessageDefinition>(
    stream: StreamName,
    filter: string,
    definitions: Definitions<Definition>,
    options: { readonly after?: number; readonly signal: AbortSignal },
  ): AsyncIterable<Stored<Body<Definition>>>;

  /** Removes all messages on a subject (wildcards allowed). */
  purge(stream: StreamName, subject: string): Promise<void>;

  /** One message, or null when none came in time or the signal came. Of 0 ms: what is there now. */
  take<Definition extends MessageDefinition>(
    consumer: ConsumerName,
    definitions: Definitions<Definition>,
    expiresMs: number,
    signal: AbortSignal,
  ): Promise<Delivery<Body<Definition>> | null>;

  /**
   * Handles messages, at most `concurrency` at a time, until the signal; then resolves when those in hand are done.
   *
   * What cannot be parsed is dead-lettered at once. A handler that throws a TransientFailure gives the message back
   * with growing delays, for ever; a PermanentFailure or `give-up` dead-letters it and tells its run; anything else
   * thrown is tried once more, then dead-lettered.
   */
  consume<Definition extends MessageDefinition>(
    consumer: ConsumerName,
    definitions: Definitions<Definition>,
    options: { readonly concurrency: number; readonly signal: AbortSignal },
    handle: (delivery: Delivery<Body<Definition>>) => Promise<Verdict>,
  ): Promise<void>;

  /** The bounded stream or bucket that is fullest, and the share (0 … 1) of its bytes in use. */
  fullest(): Promise<{ stream: string; share: number }>;
}
