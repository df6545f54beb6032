/** The configuration of the nats-server that `modelwright up` starts: loopback only, a user for each role. */
import { BUCKETS, STORES } from './buckets.ts';
import { BUS_USERS, type BusUser, permissionsOf } from './permissions.ts';
import { MiB } from './plan.ts';
import { STREAMS } from './streams.ts';

export interface NatsConfigOptions {
  readonly port: number;
  readonly storeDir: string;
  /** A password for every user, in the clear: the file must be readable by its owner only. */
  readonly passwords: Readonly<Record<BusUser, string>>;
  /**
   * Flush every message to disk before it is acknowledged, so that it survives a power loss. Only where
   * `supportsSyncAlways(version)`: older servers refuse to start with it.
   */
  readonly syncAlways: boolean;
  /** Loopback port of the server's monitoring page; none when left out. */
  readonly monitorPort?: number;
  /** The scale that the topology will be applied with. */
  readonly scale?: number;
}

/** Bytes that all streams together may take. */
export const storageBytes = (scale = 1): number =>
  [...STREAMS, ...BUCKETS, ...STORES].reduce((sum, plan) => sum + Math.ceil(plan.maxBytes * scale), 0);

/** As JSON, which is a subset of the server's own format; strings in quotes are never taken for variables. */
export function natsConfig(options: NatsConfigOptions): string {
  const config = {
    listen: `127.0.0.1:${options.port}`,
    ...(options.monitorPort === undefined ? {} : { http: `127.0.0.1:${options.monitorPort}` }),
    max_payload: MiB,
    jetstream: {
      store_dir: options.storeDir,
      // Said outright, since the server would otherwise reserve by what the disk has left.
      max_file_store: storageBytes(options.scale),
      ...(options.syncAlways ? { sync_interval: 'always' } : {}),
    },
    authorization: {
      users: BUS_USERS.map((user) => ({
        user,
        password: options.passwords[user],
        permissions: permissionsOf(user),
      })),
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
