/** What an adapter has to know of the model it speaks for. */
import type { ModelSettings } from '../catalogue/catalogue.ts';

export interface WireOptions extends Omit<ModelSettings, 'api' | 'keyEnv' | 'requestsPerMinute'> {
  /** Null: the server takes none. */
  readonly key: string | null;
  /** Milliseconds since the epoch. */
  now(): number;
}
