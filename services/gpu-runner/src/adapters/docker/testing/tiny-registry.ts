/** A registry with one image of one empty layer, as an engine pulls it (distribution.github.io/distribution/spec/api). */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface TinyRegistry extends AsyncDisposable {
  /** Of the image, with the registry's address. */
  readonly name: string;
  /** Of its manifest: what a pull pins it by. */
  readonly digest: string;
  /** How many requests it has had. */
  asked(): number;
}

interface Blob {
  readonly mediaType: string;
  readonly size: number;
  readonly digest: string;
}

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const REPOSITORY = 'modelwright/tiny';

export async function tinyRegistry(): Promise<TinyRegistry> {
  const blobs = new Map<string, Buffer>();
  const add = (mediaType: string, content: Buffer): Blob => {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    blobs.set(digest, content);
    return { mediaType, size: content.length, digest };
  };
  const manifest = add(MANIFEST, Buffer.from(JSON.stringify(described(add))));
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const [, , ...words] = (request.url ?? '').split('/');
    const wanted = words.at(-1) ?? '';
    const kind = words.at(-2);
    const byName = kind === 'manifests' && wanted === 'latest';
    const digest = byName ? manifest.digest : wanted;
    const content = blobs.get(digest);
    if (request.url === '/v2/') response.end('{}');
    else if (content === undefined) response.writeHead(404).end('{}');
    else {
      const type = kind === 'manifests' ? MANIFEST : 'application/octet-stream';
      response.writeHead(200, {
        'Content-Type': type,
        'Content-Length': content.length,
        'Docker-Content-Digest': digest,
      });
      response.end(request.method === 'HEAD' ? undefined : content);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  return {
    name: `127.0.0.1:${address.port}/${REPOSITORY}:latest`,
    digest: manifest.digest,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function described(add: (mediaType: string, content: Buffer) => Blob) {
  const layer = Buffer.alloc(1024); // the end of an archive, and nothing before it
  const diff = `sha256:${createHash('sha256').update(layer).digest('hex')}`;
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [diff] },
  };
  return {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: add('application/vnd.docker.container.image.v1+json', Buffer.from(JSON.stringify(config))),
    layers: [add('application/vnd.docker.image.rootfs.diff.tar.gzip', gzipSync(layer))],
  };
}
