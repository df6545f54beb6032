/**
 * A bucket, and the client that reaches it. Credentials come the way AWS's own tools take them: variables, shared files,
 * web identity, the machine's role. The client is loaded by who uses it: it costs 100 ms, and most farms have no S3.
 */
import type { S3 } from '@aws-sdk/client-s3';
import type { S3Place } from './content-place.ts';

export interface S3Bucket {
  readonly place: S3Place;
  readonly client: S3;
  /** What every request names. */
  at(key: string): { readonly Bucket: string; readonly Key: string };
}

/** Each with a pause twice as long as the one before, from 100 ms on. */
const ATTEMPTS = 5;
const CONNECT_MS = 5_000;
/** Without a byte on the connection. */
const SILENCE_MS = 30_000;

export async function openBucket(place: S3Place): Promise<S3Bucket> {
  const { S3 } = await import('@aws-sdk/client-s3');
  const client = new S3({
    forcePathStyle: place.pathStyle,
    ...(place.endpoint === null ? {} : { endpoint: place.endpoint }),
    ...regionOf(place),
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    // The signature covers the sha256 of what is sent, and what is read is hashed above: other servers than Amazon's
    // need not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { place, client, at: (key) => ({ Bucket: place.bucket, Key: joinKey(place.prefix, key) }) };
}

const joinKey = (prefix: string, key: string) => (prefix === '' ? key : `${prefix}/${key}`);

/** Servers other than Amazon's need a region in the signature, and most take any. */
function regionOf({ endpoint, region }: S3Place): { region?: string } {
  if (region !== null) return { region };
  return endpoint === null ? {} : { region: 'us-east-1' };
}
