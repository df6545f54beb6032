import { describe, expect, it } from 'vitest';
import { contentPlace } from './content-place.ts';

const read = (text: string) => contentPlace.parse(text);
const fault = (text: string) => contentPlace.safeParse(text).error?.issues[0]?.message;

describe('where content is kept', () => {
  it('is NATS, a folder, or a bucket', () => {
    expect(read('nats:')).toEqual({ kind: 'nats', text: 'nats:' });
    expect(read('folder:/mnt/a%20b')).toEqual({
      kind: 'folder',
      text: 'folder:/mnt/a%20b',
      path: '/mnt/a b',
      stores: ['workspaces', 'artifacts', 'datasets'],
    });
    expect(read('s3://models/team/one/')).toMatchObject({
      kind: 's3',
      bucket: 'models',
      prefix: 'team/one',
      endpoint: null,
      region: null,
      pathStyle: false,
    });
  });

  it('has the bucket in the path where the server is not Amazon, unless it is said otherwise', () => {
    const endpoint = 's3://models?endpoint=https://s3.example.org:9000';
    expect(read(endpoint)).toMatchObject({
      prefix: '',
      endpoint: 'https://s3.example.org:9000',
      pathStyle: true,
    });
    expect(read(`${endpoint}&path-style=false&region=eu-1`)).toMatchObject({
      pathStyle: false,
      region: 'eu-1',
    });
  });

  it('may be said for some stores alone', () => {
    expect(read('folder:/mnt/x?stores=datasets,artifacts')).toMatchObject({
      stores: ['artifacts', 'datasets'],
    });
  });

  it.each([
    ['/mnt/x', 'must be nats:'],
    ['ftp://host/x', 'ftp: is no kind of place'],
    ['nats://host', 'stands alone'],
    ['folder:mnt/x', 'absolute path'],
    ['folder:/', 'absolute path'],
    ['folder://host/x', 'absolute path'],
    ['s3:///x', 'needs a bucket'],
    ['s3://key:secret@bucket/x', 'must not hold credentials'],
    ['s3://bucket?endpoint=host:9000', 'endpoint must be'],
    ['s3://bucket?endpoint=https://key:secret@host', 'endpoint must be'],
    ['s3://bucket?path-style=yes', 'path-style must be'],
    ['s3://bucket?regoin=x', 'regoin is no option'],
    ['folder:/x?region=x', 'region is no option'],
    ['s3://bucket?stores=truth', 'truth stays in NATS'],
    ['s3://bucket?stores=models', '"models" is no store'],
  ])('is not %s', (text, why) => {
    expect(fault(text)).toContain(why);
  });
});
