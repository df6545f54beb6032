/** A message in the hands of a worker, and what the worker may answer. */
import type { Envelope } from '@modelwright/contracts';

export interface Delivery<Body> {
  readonly body: Body;
  readonly envelope: Envelope;
  readonly subject: string;
  /** Of the message in its stream; the same at every delivery. */
  readonly sequence: number;
  /** 1 at the first delivery. */
  readonly deliveries: number;
  /** Milliseconds the server waits for an answer before it delivers again. */
  readonly ackWaitMs: number;
  /**
   * Whether the message is still this worker's: false once the ack wait has passed without a confirmed `working`.
   * Somebody else may then hold it, so nothing may be done in its name any more.
   */
  owned(): boolean;
  /** Tells the server at every third of the ack wait that work goes on, until disposed. */
  keepAlive(): Disposable;
  /** Settles the message; resolves when the server has confirmed it. False, and nothing sent, when ownership was lost. */
  ack(): Promise<boolean>;
  /** Gives the message back, to be delivered again after the delay. Nothing is sent when ownership was lost. */
  nak(delayMs: number): Promise<void>;
  /** Puts a copy among the dead letters, with the reason, and tells its run. The message itself is still to be settled. */
  deadLetter(reason: string): Promise<void>;
}

/** What a handler made of a message. Expected outcomes are returned, failures are thrown (failure.ts). */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly delayMs: number; readonly reason: string }
  | { readonly kind: 'give-up'; readonly reason: string };

export const DONE: Verdict = { kind: 'done' };
