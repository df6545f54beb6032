/**
 * KV buckets and object stores, as the streams they are. Names, subjects and flags are the official layout, so that
 * `nats kv` and `nats object` can look into them.
 */
import { type StoreName, storeName } from '@modelwright/contracts';
import { BUCKET_NAMES, type BucketName } from './names.ts';
import { HOUR_MS, MiB, type StreamPlan } from './plan.ts';

export const bucketStream = (bucket: BucketName) => `KV_${bucket}`;
export const recordSubject = (bucket: BucketName, key: string) => `$KV.${bucket}.${key}`;

export const storeStream = (store: StoreName) => `OBJ_${store}`;
export const chunkSubject = (store: StoreName, object: string) => `$O.${store}.C.${object}`;
export const metaSubject = (store: StoreName, name: string) =>
  `$O.${store}.M.${Buffer.from(name).toString('base64').replaceAll('+', '-').replaceAll('/', '_')}`;

const BUCKET_BYTES: Record<BucketName, number> = {
  claims: 64 * MiB,
  workers: 8 * MiB,
  control: 32 * MiB,
  config: 64 * MiB,
  gates: 1 * MiB,
};

/** Who lived last week is of no interest, nor which keys were used; everything else stays until it is deleted. */
const BUCKET_AGE_MS: Partial<Record<BucketName, number>> = {
  workers: 7 * 24 * HOUR_MS,
  gates: 7 * 24 * HOUR_MS,
};

const STORE_BYTES: Record<StoreName, number> = {
  workspaces: 1024 * MiB,
  artifacts: 4096 * MiB,
  datasets: 4096 * MiB,
  truth: 2048 * MiB,
};

export const BUCKETS: readonly StreamPlan[] = BUCKET_NAMES.map((bucket) => {
  const maxAgeMs = BUCKET_AGE_MS[bucket];
  return {
    name: bucketStream(bucket),
    subjects: [recordSubject(bucket, '>')],
    retention: 'limits',
    discard: 'new',
    maxBytes: BUCKET_BYTES[bucket],
    maxPerSubject: 1,
    denyDelete: true,
    rollup: true,
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
  };
});

export const STORES: readonly StreamPlan[] = storeName.options.map((store) => ({
  name: storeStream(store),
  subjects: [`$O.${store}.C.>`, `$O.${store}.M.>`],
  retention: 'limits',
  discard: 'new',
  maxBytes: STORE_BYTES[store],
  rollup: true,
  directReads: true,
}));
