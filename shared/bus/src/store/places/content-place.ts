/**
 * Where a farm keeps its content, as people write it:
 *
 *     nats:
 *     folder:/mnt/modelwright
 *     s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-1&path-style=true
 *
 * `?stores=artifacts,datasets` moves those alone. `truth` moves nowhere: the permissions of NATS users hide its labels.
 */
import { type StoreName, storeName } from '@modelwright/contracts';
import { z } from 'zod';

export const MOVABLE_STORES: readonly StoreName[] = ['workspaces', 'artifacts', 'datasets'];

interface Outside {
  /** As it was written. */
  readonly text: string;
  readonly stores: readonly StoreName[];
}

export interface FolderPlace extends Outside {
  readonly kind: 'folder';
  /** Absolute. */
  readonly path: string;
}

export interface S3Place extends Outside {
  readonly kind: 's3';
  readonly bucket: string;
  /** Without a slash at either end; empty for the whole bucket. */
  readonly prefix: string;
  /** Null: Amazon's. */
  readonly endpoint: string | null;
  /** Null: what AWS_REGION or the shared config file says. */
  readonly region: string | null;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly pathStyle: boolean;
}

export interface NatsPlace {
  readonly kind: 'nats';
  readonly text: string;
}

export type OutsidePlace = FolderPlace | S3Place;
export type ContentPlace = NatsPlace | OutsidePlace;

export const NATS: NatsPlace = { kind: 'nats', text: 'nats:' };

/** Parses the text; what is wrong with it is an issue in words. */
export const contentPlace = z.string().transform((text, context): ContentPlace => {
  const found = readPlace(text);
  if (typeof found !== 'string') return found;
  context.addIssue(found);
  return z.NEVER;
});

/** The place, or what is wrong with the text. */
function readPlace(text: string): ContentPlace | string {
  const url = URL.parse(text);
  if (url === null) return 'must be nats:, folder:/path or s3://bucket/prefix';
  if (url.username !== '' || url.password !== '') {
    return 'must not hold credentials: they come from the variables and files that AWS names';
  }
  switch (url.protocol) {
    case 'nats:':
      return text === 'nats:' ? NATS : 'nats: stands alone; the server is named by NATS_URL';
    case 'folder:':
      return folderPlace(text, url);
    case 's3:':
      return s3Place(text, url);
    default:
      return `${url.protocol} is no kind of place: use nats:, folder: or s3:`;
  }
}

function folderPlace(text: string, url: URL): FolderPlace | string {
  const path = decodeURIComponent(url.pathname);
  if (url.host !== '' || !path.startsWith('/') || path === '/') return 'folder: needs an absolute path';
  const stores = storesIn(url, []);
  return typeof stores === 'string' ? stores : { kind: 'folder', text, path, stores };
}

function s3Place(text: string, url: URL): S3Place | string {
  if (url.host === '') return 's3: needs a bucket: s3://bucket/prefix';
  const stores = storesIn(url, ['endpoint', 'region', 'path-style']);
  if (typeof stores === 'string') return stores;
  const endpoint = url.searchParams.get('endpoint');
  if (endpoint !== null && !/^https?:\/\/[^/@]+\/?$/.test(endpoint)) {
    return 'endpoint must be http://host:port or https://host:port';
  }
  const pathStyle = url.searchParams.get('path-style') ?? String(endpoint !== null);
  if (pathStyle !== 'true' && pathStyle !== 'false') return 'path-style must be true or false';
  return {
    kind: 's3',
    text,
    bucket: url.host,
    prefix: decodeURIComponent(url.pathname).replaceAll(/^\/+|\/+$/g, ''),
    endpoint,
    region: url.searchParams.get('region'),
    pathStyle: pathStyle === 'true',
    stores,
  };
}

/** The stores that are moved, or what is wrong with the options. */
function storesIn(url: URL, others: readonly string[]): readonly StoreName[] | string {
  const known = [...others, 'stores'];
  const strange = [...url.searchParams.keys()].find((key) => !known.includes(key));
  if (strange !== undefined) return `${strange} is no option here: there are ${known.join(', ')}`;
  const asked = url.searchParams.get('stores')?.split(',') ?? MOVABLE_STORES;
  if (asked.includes('truth')) return 'truth stays in NATS, whose permissions hide the labels in it';
  const unknown = asked.find((name) => !storeName.safeParse(name).success);
  if (unknown !== undefined) return `"${unknown}" is no store: there are ${MOVABLE_STORES.join(', ')}`;
  return MOVABLE_STORES.filter((name) => asked.includes(name));
}
