/** An agent: who answers, what it is told, and what it can do. The loop is the same for all. */
import type { TurnRecord, WorkResult } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import type { Tool } from './tool.ts';

export interface Agent {
  readonly model: Model;
  readonly system: string;
  /** The first user message. */
  readonly brief: string;
  readonly tools: readonly Tool[];
  /**
   * What can be handed over when a limit ends the work early: the result, or null when there is nothing worth it.
   * The files are as of the last result. May be asked again after a crash. An agent without it fails at its limits.
   */
  handOver?(transcript: readonly TurnRecord[]): Promise<HandedOver | null>;
}

export interface HandedOver {
  readonly content: string;
  readonly result: WorkResult;
}
