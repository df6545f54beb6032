/** What an S3 server says, or why it says nothing, as one of our two families. */
import { PermanentFailure, TransientFailure } from '../../failure.ts';
import type { S3Place } from './content-place.ts';

/** Runs the request; what it throws is a failure that names the place. `doing` completes the sentence "Could not …". */
export async function throughS3<T>(place: S3Place, doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw asS3Failure(error, place, doing);
  }
}

/** Names of errors as S3 defines them; a request without a body in its answer has only the status. */
export function saysNoSuchObject(thrown: unknown): boolean {
  const name = nameOf(thrown);
  if (name === 'NoSuchBucket') return false;
  return name === 'NoSuchKey' || name === 'NotFound' || statusOf(thrown) === 404;
}

/** The condition of a conditional write or read does not hold. */
export const saysOtherwise = (thrown: unknown) => [409, 412].includes(statusOf(thrown) ?? 0);

/** The server knows no conditional writes. */
export const saysNotImplemented = (thrown: unknown) =>
  statusOf(thrown) === 501 || nameOf(thrown) === 'NotImplemented';

export const saysRefused = (thrown: unknown) => REFUSED.has(nameOf(thrown));

/** Another process has finished or given up the upload in parts. */
export const saysNoSuchUpload = (thrown: unknown) => nameOf(thrown) === 'NoSuchUpload';

/** Some servers say so, again and again, of an upload in parts that another process has just finished. */
export const saysInternalError = (thrown: unknown) => nameOf(thrown) === 'InternalError';

const REFUSED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AllAccessDisabled',
  'Forbidden',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
]);
/** Time brings other credentials or sets the clock right. */
const LATER: ReadonlySet<string> = new Set(['ExpiredToken', 'RequestTimeTooSkewed', 'RequestTimeout']);

export function asS3Failure(thrown: unknown, place: S3Place, doing: string) {
  if (thrown instanceof TransientFailure || thrown instanceof PermanentFailure) return thrown;
  const name = nameOf(thrown);
  const status = statusOf(thrown);
  const at = `the bucket ${place.bucket}${place.endpoint === null ? '' : ` at ${place.endpoint}`}`;
  const said = [name, thrown instanceof Error ? thrown.message : String(thrown)].filter(Boolean).join(': ');
  const message = `Could not ${doing} in ${at}: ${said}.`;
  const cause = { cause: thrown };
  if (name === 'NoSuchBucket') return new PermanentFailure('no-bucket', message, cause);
  if (name === 'CredentialsProviderError') {
    return new PermanentFailure(
      'no-credentials',
      `${message} Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
      cause,
    );
  }
  if (REFUSED.has(name)) return new PermanentFailure('not-permitted', message, cause);
  if (status === 507 || name === 'QuotaExceeded') return new TransientFailure('store-full', message, cause);
  if (LATER.has(name) || status === null || status >= 500 || [408, 409, 412, 425, 429].includes(status)) {
    return new TransientFailure('store-away', message, cause);
  }
  if (status === 401 || status === 403) return new PermanentFailure('not-permitted', message, cause);
  return new PermanentFailure('store-refused', message, cause);
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}

function statusOf(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('$metadata' in thrown)) return null;
  const metadata = thrown.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
