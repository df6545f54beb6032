/** The bucket of a test's S3 server as a place, and the credentials for it as people give them. */
import type { S3ServerProcess } from '@modelwright/testing';
import { contentPlace, type S3Place } from '../store/places/content-place.ts';

export function placeOf({ endpoint, bucket }: Pick<S3ServerProcess, 'endpoint' | 'bucket'>): S3Place {
  const place = contentPlace.parse(`s3://${bucket}/runs?endpoint=${endpoint}`);
  if (place.kind !== 's3') throw new Error(`${place.text} is no S3 place`);
  return place;
}

/** Sets the variables for this process until disposed; nothing else of the machine's is looked for. */
export function s3Credentials({
  accessKey,
  secretKey,
}: Pick<S3ServerProcess, 'accessKey' | 'secretKey'>): Disposable {
  const wanted = {
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secretKey,
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const before = { ...process.env };
  Object.assign(process.env, wanted);
  return {
    [Symbol.dispose]: () => {
      for (const name of Object.keys(wanted)) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[name];
      }
    },
  };
}
