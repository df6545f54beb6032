/** What an adapter has to know of the model it speaks for. */
import type { ModelSettings } from '../catalogue/catalogue.ts';

export interface WireOptions extends Omit<ModelSettings, 'api' | 'keyEnv' | 'requestsPerMinute'> {
  /** Null: the server takes none. */
  readonly key: string | null;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Told of every answer that begins, for those who want to know what a server can do. */
  noticed?(answer: NoticedAnswer): void;
}

export interface NoticedAnswer {
  /** It comes piece by piece, as was asked for. */
  readonly streamed: boolean;
  /** What the server has refused to take so far, and did without. */
  readonly leftOut: readonly string[];
}
