/**
 * The port `BlobStore` over a bucket.
 *
 *     <prefix>/modelwright-content.json      which place this is
 *     <prefix>/<store>/<sha256>              the blobs
 *
 * S3 shows an object when all of it has come. Writes are made under the condition that the name is new, so that the
 * same content put twice at once is stored once.
 */
import type { BlobName, OpenBlob, Source } from '../blob-store.ts';
import { joined } from '../joined.ts';
import { MARK_NAME, type OutsideBlobs } from './outside-blobs.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { PART_BYTES, uploadInParts } from './s3-parts.ts';
import { putObject, sizeOfObject } from './s3-put.ts';
import { openObject } from './s3-read.ts';

export class S3Blobs implements OutsideBlobs {
  readonly #bucket: S3Bucket;

  constructor(bucket: S3Bucket) {
    this.#bucket = bucket;
  }

  sizeOf(name: BlobName): Promise<number | null> {
    return sizeOfObject(this.#bucket, keyOf(name));
  }

  async write(name: BlobName, source: Source): Promise<void> {
    if (source.size > PART_BYTES) await uploadInParts(this.#bucket, keyOf(name), source);
    else await putObject(this.#bucket, keyOf(name), await joined(source.pieces()));
  }

  open(name: BlobName): Promise<OpenBlob | null> {
    return openObject(this.#bucket, keyOf(name));
  }

  async readMark(): Promise<string | null> {
    await using mark = await openObject(this.#bucket, MARK_NAME);
    return mark === null ? null : Buffer.from(await joined(mark.pieces())).toString();
  }

  async writeMark(text: string): Promise<void> {
    if ((await sizeOfObject(this.#bucket, MARK_NAME)) !== null) return;
    await putObject(this.#bucket, MARK_NAME, Buffer.from(text));
  }
}

const keyOf = ({ store, sha256 }: BlobName) => `${store}/${sha256}`;
