/**
 * A larger object in parts, which a killed process leaves behind and the next one goes on with.
 *
 *     pending upload of this key? ── no ──▶ begin one
 *            │ yes: its parts are listed
 *            ▼
 *     each part: the server has it, by size and MD5 ──▶ kept
 *                else ──▶ sent
 *            ▼
 *     all of the source read, and it was what it is named by ──▶ complete: only now is there an object
 *
 * Two processes may work on the same upload: the parts are the same bytes. Who finds it gone, or hears of an error inside
 * the server, looks for the object.
 */
import { createHash } from 'node:crypto';
import { TransientFailure } from '../../failure.ts';
import type { Pieces, Source } from '../blob-store.ts';
import type { S3Bucket } from './s3-bucket.ts';
import {
  saysInternalError,
  saysNoSuchUpload,
  saysNotImplemented,
  saysRefused,
  throughS3,
} from './s3-failure.ts';
import { onlyIfNew, sizeOfObject } from './s3-put.ts';

/** S3 refuses parts below 5 MiB, the last one excepted. */
export const PART_BYTES = 8 * 1024 * 1024;

interface Upload {
  readonly bucket: S3Bucket;
  readonly key: string;
  readonly id: string;
}

interface StoredPart {
  readonly etag: string;
  readonly size: number;
}

export async function uploadInParts(bucket: S3Bucket, key: string, source: Source): Promise<void> {
  try {
    await upload(bucket, key, source);
  } catch (error) {
    const said = error instanceof Error ? (error.cause ?? error) : error;
    const gone = saysNoSuchUpload(said);
    if (!gone && !saysInternalError(said)) throw error;
    if ((await sizeOfObject(bucket, key)) === source.size) return;
    throw gone ? givenUp(source.label, error) : error;
  }
}

const givenUp = (label: string, cause: unknown) =>
  new TransientFailure('store-away', `The upload of ${label} was given up by another.`, { cause });

async function upload(bucket: S3Bucket, key: string, source: Source): Promise<void> {
  const pending = await pendingUpload(bucket, key);
  const id = pending ?? (await beginUpload(bucket, key));
  const at = { bucket, key, id };
  const stored = pending === null ? new Map<number, StoredPart>() : await storedParts(at);
  const parts: { PartNumber: number; ETag: string }[] = [];
  for await (const body of inPartsOf(PART_BYTES, source.pieces())) {
    const number = parts.length + 1;
    const etag = sameAs(stored.get(number), body) ?? (await sendPart(at, number, body));
    parts.push({ PartNumber: number, ETag: etag });
  }
  await complete(at, source.size, parts);
}

/** The newest of this very key. Who may not list uploads begins anew. */
async function pendingUpload({ client, place, at }: S3Bucket, key: string): Promise<string | null> {
  const { Bucket, Key } = at(key);
  const answer = await throughS3(place, `look for an upload of ${key}`, async () => {
    try {
      return await client.listMultipartUploads({ Bucket, Prefix: Key });
    } catch (error) {
      if (saysRefused(error) || saysNotImplemented(error)) return null;
      throw error;
    }
  });
  const mine = (answer?.Uploads ?? []).filter((found) => found.Key === Key);
  const newest = mine.toSorted((a, b) => Number(b.Initiated ?? 0) - Number(a.Initiated ?? 0))[0];
  return newest?.UploadId ?? null;
}

async function beginUpload({ client, place, at }: S3Bucket, key: string): Promise<string> {
  const begun = await throughS3(place, `begin to store ${key}`, () => client.createMultipartUpload(at(key)));
  if (begun.UploadId !== undefined) return begun.UploadId;
  throw new TransientFailure('store-away', `The server named no upload for ${key}.`);
}

/** At most eight parts to a blob: one page. */
async function storedParts({ bucket, key, id }: Upload): Promise<Map<number, StoredPart>> {
  const { client, place, at } = bucket;
  const { Parts } = await throughS3(place, `list the parts of ${key}`, () =>
    client.listParts({ ...at(key), UploadId: id }),
  );
  return new Map(
    (Parts ?? []).map(({ PartNumber, ETag, Size }) => [
      PartNumber ?? 0,
      { etag: ETag ?? '', size: Size ?? -1 },
    ]),
  );
}

/** The stored part's tag when it holds these bytes. Where tags are not MD5 it never does: the part is sent again. */
function sameAs(part: StoredPart | undefined, body: Uint8Array): string | null {
  if (part === undefined || part.size !== body.length) return null;
  const md5 = createHash('md5').update(body).digest('hex');
  return part.etag.replaceAll('"', '') === md5 ? part.etag : null;
}

async function sendPart({ bucket, key, id }: Upload, number: number, body: Uint8Array): Promise<string> {
  const { client, place, at } = bucket;
  const { ETag } = await throughS3(place, `store part ${number} of ${key}`, () =>
    client.uploadPart({ ...at(key), UploadId: id, PartNumber: number, Body: body }),
  );
  if (ETag !== undefined) return ETag;
  throw new TransientFailure('store-away', `The server gave part ${number} of ${key} no tag.`);
}

async function complete(
  { bucket, key, id }: Upload,
  size: number,
  parts: readonly { PartNumber: number; ETag: string }[],
): Promise<void> {
  const { client, place, at } = bucket;
  const outcome = await throughS3(place, `put ${key} together`, () =>
    onlyIfNew(bucket, { key, size }, async (condition) => {
      const MultipartUpload = { Parts: [...parts] };
      await client.completeMultipartUpload({ ...at(key), UploadId: id, MultipartUpload, ...condition });
    }),
  );
  if (outcome === 'written') return;
  await throughS3(place, `drop the parts of ${key}`, () =>
    client.abortMultipartUpload({ ...at(key), UploadId: id }),
  );
}

/** The same bytes in pieces of `size`, the last one smaller. */
async function* inPartsOf(size: number, pieces: Pieces): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    while (bytes >= size) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, size);
      waiting = [all.subarray(size)];
      bytes -= size;
    }
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
