/**
 * The port `Records` over a KV bucket, in the official layout (ADR-8), so that `nats kv` can look into it.
 *
 * Reads ask the leader. Writes under a condition go the way of stream appends, so that their answer is certain even
 * when the server's was lost.
 */
import { headers, type MsgHdrs } from 'nats';
import { z } from 'zod';
import { decode, encode } from '../codec/body.ts';
import type { Connection } from '../connection/connection.ts';
import { persist } from '../connection/persist.ts';
import { getStored } from '../connection/stored-message.ts';
import { PermanentFailure } from '../failure.ts';
import { publishConditionally } from '../streams/conditional-publish.ts';
import { orderedMessages } from '../streams/ordered-messages.ts';
import { bucketStream, recordSubject } from '../topology/buckets.ts';
import type { BucketName } from '../topology/names.ts';
import type { Change, Entry, Records } from './records.ts';

const OPERATION_HEADER = 'KV-Operation';
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9_.=-]*$/;

export class JetStreamRecords<Schema extends z.ZodType> implements Records<z.infer<Schema>> {
  readonly #connection: Connection;
  readonly #bucket: BucketName;
  readonly #schema: Schema;
  readonly #stream: string;

  constructor(connection: Connection, bucket: BucketName, schema: Schema) {
    this.#connection = connection;
    this.#bucket = bucket;
    this.#schema = schema;
    this.#stream = bucketStream(bucket);
  }

  async get(key: string): Promise<Entry<z.infer<Schema>> | null> {
    const last = await this.#last(key);
    if (last === null || isDeleted(last.headers)) return null;
    return { value: this.#parse(key, last.data), revision: last.sequence };
  }

  async create(key: string, value: z.infer<Schema>): Promise<number | null> {
    const created = await this.update(key, value, 0);
    if (created !== null) return created;
    // A deleted record has left a marker, whose revision is then the expected one.
    const last = await this.#last(key);
    return last !== null && isDeleted(last.headers) ? await this.update(key, value, last.sequence) : null;
  }

  update(key: string, value: z.infer<Schema>, revision: number): Promise<number | null> {
    return publishConditionally(this.#connection, {
      stream: this.#stream,
      subject: this.#subject(key),
      headers: headers(),
      payload: encode(this.#schema.parse(value)),
      expectedLast: revision,
    });
  }

  async put(key: string, value: z.infer<Schema>): Promise<number> {
    return await this.#write(key, encode(this.#schema.parse(value)), headers());
  }

  async delete(key: string): Promise<void> {
    const marker = headers();
    marker.set(OPERATION_HEADER, 'DEL');
    await this.#write(key, new Uint8Array(), marker);
  }

  async keys(prefix = ''): Promise<string[]> {
    const start = recordSubject(this.#bucket, '');
    const info = await persist(this.#connection, `list the keys of ${this.#bucket}`, () =>
      this.#connection.jsm.streams.info(this.#stream, { subjects_filter: `${start}>` }),
    );
    const found: string[] = [];
    for (const subject of Object.keys(info.state.subjects ?? {}).sort()) {
      const key = subject.slice(start.length);
      if (!key.startsWith(prefix)) continue;
      const last = await this.#last(key);
      if (last !== null && !isDeleted(last.headers)) found.push(key);
    }
    return found;
  }

  async *watch(filter: string, signal: AbortSignal): AsyncGenerator<Change<z.infer<Schema>>> {
    const start = recordSubject(this.#bucket, '');
    const from = {
      stream: this.#stream,
      filter: `${start}${filter}`,
      after: 0,
      lastPerSubject: true,
      signal,
    };
    for await (const message of orderedMessages(this.#connection, from)) {
      const key = message.subject.slice(start.length);
      const value = isDeleted(message.headers) ? null : this.#parse(key, message.data);
      yield { key, value, revision: message.sequence };
    }
  }

  async #write(key: string, payload: Uint8Array, written: MsgHdrs): Promise<number> {
    const subject = this.#subject(key);
    const ack = await persist(this.#connection, `write ${subject}`, () =>
      this.#connection.js.publish(subject, payload, { headers: written }),
    );
    return ack.seq;
  }

  #last(key: string) {
    const query = { last_by_subj: this.#subject(key) };
    return persist(this.#connection, `read ${key} of ${this.#bucket}`, () =>
      getStored(this.#connection, this.#stream, query),
    );
  }

  #subject(key: string): string {
    if (KEY.test(key)) return recordSubject(this.#bucket, key);
    throw new PermanentFailure('bad-request', `"${key}" cannot be a key of ${this.#bucket}.`);
  }

  #parse(key: string, data: Uint8Array): z.infer<Schema> {
    const parsed = z.safeParse(this.#schema, decode(data));
    if (parsed.success) return parsed.data;
    throw new PermanentFailure('bad-body', `${key} in ${this.#bucket} is not what is kept there.`);
  }
}

/** `DEL` and `PURGE` by who removed it; `Nats-Marker-Reason` by the server. */
const isDeleted = (written: MsgHdrs | undefined): boolean =>
  written !== undefined && (written.has(OPERATION_HEADER) || written.has('Nats-Marker-Reason'));
