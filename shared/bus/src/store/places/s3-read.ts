/** Reading an object: a connection that breaks is taken up where it broke, by a ranged request for the same object. */
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { TransientFailure } from '../../failure.ts';
import type { OpenBlob } from '../blob-store.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { asS3Failure, saysNoSuchObject, throughS3 } from './s3-failure.ts';

/** In a row, without a byte between them. */
const MOST_BREAKS = 5;
const PAUSE_MS = 200;

export async function openObject(bucket: S3Bucket, key: string): Promise<OpenBlob | null> {
  const answer = await get(bucket, key);
  if (answer === null) return null;
  const size = answer.ContentLength ?? 0;
  const first = bodyOf(answer);
  return {
    size,
    pieces: () => resumed(bucket, { key, size, tag: answer.ETag, first }),
    [Symbol.asyncDispose]: () => {
      first.destroy();
      return Promise.resolve();
    },
  };
}

interface Reading {
  readonly key: string;
  readonly size: number;
  readonly tag: string | undefined;
  readonly first: Readable;
}

async function* resumed(bucket: S3Bucket, { key, size, tag, first }: Reading): AsyncGenerator<Uint8Array> {
  let received = 0;
  let breaks = 0;
  let body = first;
  for (;;) {
    let broke: unknown = new Error('the object ends before its length');
    try {
      for await (const piece of body) {
        breaks = 0;
        received += piece.length;
        yield piece;
      }
      if (received >= size) return;
    } catch (error) {
      broke = error;
    } finally {
      body.destroy();
    }
    breaks += 1;
    if (breaks > MOST_BREAKS) throw asS3Failure(broke, bucket.place, `read ${key}`);
    await delay(PAUSE_MS);
    body = await bodyFrom(bucket, key, received, tag);
  }
}

/** The rest, and of the very object that was begun. */
async function bodyFrom(bucket: S3Bucket, key: string, start: number, tag: string | undefined) {
  const same = tag === undefined ? {} : { IfMatch: tag };
  const answer = await get(bucket, key, { Range: `bytes=${start}-`, ...same });
  if (answer === null) throw new TransientFailure('store-away', `${key} went away while it was read.`);
  return bodyOf(answer);
}

async function get(
  { client, place, at }: S3Bucket,
  key: string,
  how: { readonly Range?: string; readonly IfMatch?: string } = {},
): Promise<GetObjectCommandOutput | null> {
  return await throughS3(place, `read ${key}`, async () => {
    try {
      return await client.getObject({ ...at(key), ...how });
    } catch (error) {
      if (saysNoSuchObject(error)) return null;
      throw error;
    }
  });
}

function bodyOf({ Body }: GetObjectCommandOutput): Readable {
  if (!(Body instanceof Readable)) throw new TransientFailure('store-away', 'An answer came without a body.');
  // It may break before it is read, and a break that nobody listens to would end the process; the reader is told.
  return Body.on('error', () => undefined);
}
