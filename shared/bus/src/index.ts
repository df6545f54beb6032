/** The bus: streams, records and content over NATS JetStream. */
export type { Bus, BusOptions, TopologyOptions } from './bus.ts';
export { connectBus } from './connect.ts';
export { type Delivery, DONE, type Verdict } from './delivery/delivery.ts';
export { PermanentFailure, TransientFailure, toFailure } from './failure.ts';
export type { Change, Entry, Records } from './records/records.ts';
export type { ContentStore, GetTreeOptions, PutTreeOptions, StoredTree } from './store/content-store.ts';
export type { AppendOutcome, Definitions, Publication, Stored, Streams } from './streams/streams.ts';
export {
  type BucketName,
  type ConsumerName,
  INBOX_CONSUMERS,
  inboxConsumer,
  jobsConsumer,
  runInboxConsumer,
  type StreamName,
  workConsumer,
} from './topology/names.ts';
