/**
 * What each user of the bus may do: allow lists of subjects, least first. Everything not listed is denied.
 *
 * Content and records are read by direct requests, without a consumer; so who may not read `truth` lacks every subject
 * that leads to it: STREAM.MSG.GET, DIRECT.GET, CONSUMER.CREATE, and the stream's own subjects.
 */
import { PREFIX, type Role, type StoreName } from '@modelwright/contracts';
import { bucketStream, storeStream } from './buckets.ts';
import { type BucketName, type StreamName, workConsumer } from './names.ts';

export const BUS_USERS = ['manager', 'designer', 'coder', 'tuner', 'runner', 'cli'] as const;
export type BusUser = (typeof BUS_USERS)[number];

export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** Replies come to subjects of the user's own: nobody else may listen there. */
export const inboxPrefixOf = (user: string | null) => (user === null ? '_INBOX' : `_INBOX_${user}`);

export const permissionsOf = (user: BusUser): Permissions => ({
  publish: [...new Set([...everyone, ...grants[user]])],
  subscribe: [`${inboxPrefixOf(user)}.>`],
});

const API = '$JS.API';

const readStream = (stream: string) => [`${API}.STREAM.INFO.${stream}`, `${API}.STREAM.MSG.GET.${stream}`];
const follow = (stream: string) => [
  ...readStream(stream),
  ...['CREATE', 'INFO', 'MSG.NEXT', 'DELETE'].map((verb) => `${API}.CONSUMER.${verb}.${stream}.>`),
];
const consume = (stream: StreamName, consumer: string) => [
  `${API}.CONSUMER.INFO.${stream}.${consumer}`,
  `${API}.CONSUMER.MSG.NEXT.${stream}.${consumer}`,
];
const readRecords = (bucket: BucketName) => readStream(bucketStream(bucket));
const watchRecords = (bucket: BucketName) => follow(bucketStream(bucket));
/** `kind` is the first part of the keys that may be written; without it all may. */
const writeRecords = (bucket: BucketName, kind?: string) => [
  ...readRecords(bucket),
  kind === undefined ? `$KV.${bucket}.>` : `$KV.${bucket}.${kind}.>`,
];
/** Whether an object exists can be asked without being allowed to read it. */
const writeObjects = (store: StoreName) => [
  `$O.${store}.>`,
  `${API}.DIRECT.GET.${storeStream(store)}.$O.${store}.M.>`,
];
const readObjects = (store: StoreName) => [
  `${API}.DIRECT.GET.${storeStream(store)}`,
  `${API}.DIRECT.GET.${storeStream(store)}.>`,
  `${API}.STREAM.MSG.GET.${storeStream(store)}`,
];

const everyone: readonly string[] = [
  '$JS.ACK.>',
  `${API}.INFO`,
  `${PREFIX}.inbox.>`,
  `${PREFIX}.dlq.>`,
  ...readRecords('config'),
  // A large body travels through this store.
  ...readObjects('artifacts'),
  ...writeObjects('artifacts'),
];

const agent = (role: Role): readonly string[] => [
  ...consume('WORK', workConsumer(role)),
  `${PREFIX}.turn.>`,
  ...readStream('TURNS'),
  `${PREFIX}.job.>`,
  ...readStream('RESULTS'),
  ...watchRecords('control'),
  ...writeRecords('workers', role),
  ...writeRecords('gates'),
  ...readObjects('workspaces'),
  ...writeObjects('workspaces'),
  ...readObjects('datasets'),
];

const grants: Record<BusUser, readonly string[]> = {
  manager: [`${PREFIX}.>`, `${API}.>`, '$KV.>', '$O.>'],
  designer: agent('designer'),
  coder: agent('coder'),
  tuner: [...agent('tuner'), ...writeRecords('control', 'job'), ...follow('TELEMETRY')],
  runner: [
    ...consume('JOBS', '*'),
    // How many jobs of which runs wait.
    `${API}.STREAM.INFO.JOBS`,
    // Consumers of the runner's own job classes.
    `${API}.CONSUMER.CREATE.JOBS.>`,
    `${API}.CONSUMER.DURABLE.CREATE.JOBS.>`,
    `${PREFIX}.done.>`,
    ...readStream('RESULTS'),
    `${PREFIX}.tel.>`,
    // How far the telemetry of a job has got is read back after a crash.
    ...readStream('TELEMETRY'),
    ...writeRecords('claims'),
    ...writeRecords('workers', 'gpu-runner'),
    // What the hosts agree on before they fetch packages and assets.
    ...writeRecords('config', 'environment'),
    ...writeRecords('config', 'asset'),
    ...watchRecords('workers'),
    ...watchRecords('control'),
    ...readObjects('workspaces'),
    ...readObjects('datasets'),
  ],
  cli: [
    `${API}.STREAM.INFO.*`,
    ...(['RUNS', 'TURNS', 'RESULTS', 'TELEMETRY', 'DLQ', 'ADVISORIES'] as const).flatMap(follow),
    ...(['claims', 'workers', 'control', 'config'] as const).flatMap(watchRecords),
    // Which jobs wait; what is wanted of the hosts, and of GPUs that a person has looked at.
    ...readStream('JOBS'),
    ...writeRecords('control', 'runner'),
    ...writeRecords('control', 'accelerator'),
    ...readObjects('workspaces'),
    ...readObjects('datasets'),
    ...writeObjects('truth'),
  ],
};
