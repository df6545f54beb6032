import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeOnNatsServers, missingS3Server, startS3Server, temporaryFolder } from '@modelwright/testing';
import { Objm } from '@nats-io/obj';
import { connect } from 'nats';
import { describe } from 'vitest';
import { openConnection } from '../../connection/connection.ts';
import { busOnServer } from '../../testing/bus-on-server.ts';
import { itKeepsContent } from '../../testing/content-conformance.ts';
import { quiet } from '../../testing/open-bus.ts';
import { placeOf, s3Credentials } from '../../testing/s3-place.ts';
import { JetStreamBlobs } from '../jetstream-blobs.ts';
import { FolderBlobs } from './folder-blobs.ts';
import { openOutside } from './open-outside.ts';

describeOnNatsServers('an object store of NATS', (server) => {
  itKeepsContent(async () => {
    const stage = await busOnServer(server);
    const connection = await openConnection({ url: stage.server.url, name: 'test', logger: quiet });
    const raw = await connect({ servers: stage.server.url });
    return {
      blobs: new JetStreamBlobs(connection),
      async plant(name, bytes) {
        await (await new Objm(raw).open('artifacts')).putBlob({ name }, bytes);
      },
      async [Symbol.asyncDispose]() {
        await Promise.all([raw.close(), connection.nc.close()]);
        await stage[Symbol.asyncDispose]();
      },
    };
  });
});

describe('a shared folder', () => {
  itKeepsContent(async () => {
    const folder = await temporaryFolder();
    return {
      blobs: new FolderBlobs(folder.path),
      plant: (name, bytes) => plantFile(join(folder.path, 'artifacts', name.slice(0, 2), name), bytes),
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  });
});

const missing = missingS3Server();
describe.skipIf(missing !== null)(`a bucket${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  itKeepsContent(async () => {
    const server = await startS3Server();
    const credentials = s3Credentials(server);
    return {
      blobs: await openOutside(placeOf(server)),
      plant: (name, bytes) => plantFile(join(server.folder, 'runs', 'artifacts', name), bytes),
      async [Symbol.asyncDispose]() {
        credentials[Symbol.dispose]();
        await server.stop();
      },
    };
  });
});

async function plantFile(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
