/** One object in one request, under the condition that its name is new. */
import type { S3Bucket } from './s3-bucket.ts';
import { saysNoSuchObject, saysNotImplemented, saysOtherwise, throughS3 } from './s3-failure.ts';

/** Asks for the size without reading; null where there is no such object. */
export async function sizeOfObject(bucket: S3Bucket, key: string): Promise<number | null> {
  return await throughS3(bucket.place, `look for ${key}`, async () => {
    try {
      return (await bucket.client.headObject(bucket.at(key))).ContentLength ?? null;
    } catch (error) {
      if (saysNoSuchObject(error)) return null;
      throw error;
    }
  });
}

export async function putObject(bucket: S3Bucket, key: string, body: Uint8Array): Promise<void> {
  await throughS3(bucket.place, `store ${key}`, () =>
    onlyIfNew(bucket, { key, size: body.length }, async (condition) => {
      await bucket.client.putObject({ ...bucket.at(key), Body: body, ...condition });
    }),
  );
}

/** The condition of a write; none replaces what is there. */
export type Condition = { readonly IfNoneMatch?: '*' };

/**
 * Writes unless the object is there already, as another may just have stored it; one of another size is no content of
 * this name, and is replaced. A server that knows no conditions is written to without.
 */
export async function onlyIfNew(
  bucket: S3Bucket,
  { key, size }: { readonly key: string; readonly size: number },
  write: (condition: Condition) => Promise<void>,
): Promise<'written' | 'there already'> {
  try {
    await write({ IfNoneMatch: '*' });
  } catch (error) {
    if (!saysOtherwise(error) && !saysNotImplemented(error)) throw error;
    if (saysOtherwise(error) && (await sizeOfObject(bucket, key)) === size) return 'there already';
    await write({});
  }
  return 'written';
}
