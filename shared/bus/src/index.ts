/** The bus: streams, records and content over NATS JetStream. */
export type { Bus, BusOptions, TopologyOptions } from './bus.ts';
export { connectBus } from './connect.ts';
export { type Delivery, DONE, type Verdict } from './delivery/delivery.ts';
export { PermanentFailure, TransientFailure, toFailure } from './failure.ts';
export type { Change, Entry, Records } from './records/records.ts';
export type { ContentStore, GetTreeOptions, PutTreeOptions, StoredTree } from './store/content-store.ts';
export { type ContentPlace, contentPlace, type OutsidePlace } from './store/places/content-place.ts';
export { type PlaceProbe, probePlace } from './store/places/probe-place.ts';
export type { AppendOutcome, Body, Definitions, Publication, Stored, Streams } from './streams/streams.ts';
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
export { type NatsConfigOptions, natsConfig, storageBytes } from './topology/nats-config.ts';
export { BUS_USERS, type BusUser, type Permissions, permissionsOf } from './topology/permissions.ts';
export {
  isAtLeast,
  OLDEST_SERVER,
  RECOMMENDED_SERVER,
  supportsSyncAlways,
} from './topology/server-version.ts';
