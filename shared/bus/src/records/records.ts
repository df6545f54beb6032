/** Small mutable records in a KV bucket. The revision is the fencing token: decide on a write's outcome, never on a get. */

export interface Entry<Value> {
  readonly value: Value;
  readonly revision: number;
}

export interface Change<Value> {
  readonly key: string;
  /** Null when the record was deleted. */
  readonly value: Value | null;
  readonly revision: number;
}

export interface Records<Value> {
  get(key: string): Promise<Entry<Value> | null>;
  /** The new revision; null when a record exists. */
  create(key: string, value: Value): Promise<number | null>;
  /** The new revision; null when the record is no longer at `revision`. */
  update(key: string, value: Value, revision: number): Promise<number | null>;
  /** Writes whatever there is; the new revision. */
  put(key: string, value: Value): Promise<number>;
  delete(key: string): Promise<void>;
  /** Keys of existing records, sorted; those that start with `prefix` when given. */
  keys(prefix?: string): Promise<string[]>;
  /**
   * Every matching record as it is now, then every change, until the signal. Goes on after a restart of the server.
   * `filter` is a key, or `>` for all. Expiry by age sends nothing: who cares polls as well.
   */
  watch(filter: string, signal: AbortSignal): AsyncIterable<Change<Value>>;
}
