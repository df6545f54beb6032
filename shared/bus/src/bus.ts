/** The bus: all that the services share lives behind these ports. */
import type { Logger } from '@modelwright/telemetry';
import type { z } from 'zod';
import type { Records } from './records/records.ts';
import type { ContentStore } from './store/content-store.ts';
import type { ContentPlace } from './store/places/content-place.ts';
import type { Streams } from './streams/streams.ts';
import type { BucketName } from './topology/names.ts';

export interface BusOptions {
  /** One or several, separated by commas. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Shown in the server's list of connections. */
  readonly name: string;
  readonly logger: Logger;
  /** Ack wait of the consumers that `applyTopology` makes. Default 60,000 for work and jobs, 15,000 for the inbox. */
  readonly ackWaitMs?: number;
  /** Where content is kept; who applies the topology decides it for all. Default: as the farm has it, NATS at first. */
  readonly content?: ContentPlace;
  /** Whether to wait for a server that does not answer yet (default), or to fail at once. */
  readonly waitForServer?: boolean;
}

export interface TopologyOptions {
  /** Multiplies the size of every stream and bucket. 1 suits a laptop: about 14 GB if all were full. */
  readonly scale?: number;
  /** Copies of everything, in a cluster: 1 (default), 3 or 5. */
  readonly replicas?: number;
}

export interface Bus {
  readonly streams: Streams;
  readonly store: ContentStore;
  records<Schema extends z.ZodType>(bucket: BucketName, schema: Schema): Records<z.infer<Schema>>;
  /** Brings streams, consumers and buckets to the wanted shape; says in words what it changed. */
  applyTopology(options?: TopologyOptions): Promise<string[]>;
  /** Resolves when somebody has applied the topology; rejects with the signal's reason. */
  awaitTopology(signal: AbortSignal): Promise<void>;
  /** Where content is kept, such as `s3://bucket/prefix`, after a look that it is there; `nats:` for the server itself. */
  contentPlace(): Promise<string>;
  /** Makes the consumers of a job class that the topology does not name, such as `gpu-h200`. */
  ensureJobConsumers(klass: string): Promise<void>;
  status(): { connected: boolean; server: string };
  /** Resolves when the connection is closed for good: by `close`, or with the reason why the server wants us no more. */
  closed(): Promise<Error | null>;
  /** Sends what is under way, then disconnects. */
  close(): Promise<void>;
}
