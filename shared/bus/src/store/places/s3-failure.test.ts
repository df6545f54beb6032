import { describe, expect, it } from 'vitest';
import { contentPlace, type S3Place } from './content-place.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { asS3Failure } from './s3-failure.ts';
import { onlyIfNew } from './s3-put.ts';

const place = contentPlace.parse('s3://models?endpoint=https://s3.example.org') as S3Place;

/** An error as the client throws it. */
function s3Error(name: string, status: number | null): Error {
  const error = new Error(`${name} happened`);
  error.name = name;
  return Object.assign(error, status === null ? {} : { $metadata: { httpStatusCode: status } });
}

describe('what an S3 server says', () => {
  it.each([
    ['AccessDenied', 403, 'not-permitted', false],
    ['Unknown', 403, 'not-permitted', false],
    ['SignatureDoesNotMatch', 403, 'not-permitted', false],
    ['NoSuchBucket', 404, 'no-bucket', false],
    ['CredentialsProviderError', null, 'no-credentials', false],
    ['InvalidRequest', 400, 'store-refused', false],
    ['ExpiredToken', 400, 'store-away', true],
    ['RequestTimeTooSkewed', 403, 'store-away', true],
    ['SlowDown', 503, 'store-away', true],
    ['TooManyRequests', 429, 'store-away', true],
    ['ECONNREFUSED', null, 'store-away', true],
    ['XMinioStorageFull', 507, 'store-full', true],
  ])('%s (%s) is %s, retryable %s', (name, status, kind, retryable) => {
    const failure = asS3Failure(s3Error(name, status), place, 'store x');
    expect(failure).toMatchObject({ kind, retryable });
    expect(failure.message).toContain('Could not store x in the bucket models at https://s3.example.org');
  });

  it('leaves a failure that is one already as it is', () => {
    const failure = asS3Failure(s3Error('SlowDown', 503), place, 'store x');
    expect(asS3Failure(failure, place, 'do something else')).toBe(failure);
  });
});

describe('a write under the condition that the name is new', () => {
  const holding = (size: number) =>
    ({
      place,
      client: { headObject: () => Promise.resolve({ ContentLength: size }) },
      at: (Key: string) => ({ Bucket: 'models', Key }),
    }) as unknown as S3Bucket;
  const writing = async (bucket: S3Bucket, refusal: Error) => {
    const conditions: object[] = [];
    const outcome = await onlyIfNew(bucket, { key: 'x', size: 5 }, (condition) => {
      conditions.push(condition);
      return conditions.length === 1 ? Promise.reject(refusal) : Promise.resolve();
    });
    return { outcome, conditions };
  };

  it('is done when another has just stored the same', async () => {
    expect(await writing(holding(5), s3Error('PreconditionFailed', 412))).toEqual({
      outcome: 'there already',
      conditions: [{ IfNoneMatch: '*' }],
    });
  });

  it('replaces what has another length', async () => {
    const { outcome, conditions } = await writing(holding(4), s3Error('PreconditionFailed', 412));
    expect(outcome).toBe('written');
    expect(conditions).toEqual([{ IfNoneMatch: '*' }, {}]);
  });

  it('is made without it on a server that knows no conditions', async () => {
    const { conditions } = await writing(holding(5), s3Error('NotImplemented', 501));
    expect(conditions).toEqual([{ IfNoneMatch: '*' }, {}]);
  });

  it('fails with what else is wrong', async () => {
    await expect(writing(holding(5), s3Error('AccessDenied', 403))).rejects.toThrow('AccessDenied');
  });
});
