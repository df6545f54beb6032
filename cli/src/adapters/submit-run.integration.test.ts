import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bus, connectBus, DONE, runInboxConsumer } from '@modelwright/bus';
import { RUN_LOGS_FILTER, type RunId, runSubmitted } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { natsServersUnderTest, startNatsServer, temporaryFolder } from '@modelwright/testing';
import { expect, it } from 'vitest';
import { submitRun } from './submit-run.ts';
import { openTaskFolder } from './task-folder.ts';

const DIABETES = fileURLToPath(new URL('../../../examples/diabetes', import.meta.url));
const noServer = natsServersUnderTest().at(-1)?.server == null;

it.skipIf(noServer)(
  'a new run is refused when a store is four fifths full, and nothing is sent',
  async () => {
    await using server = await startNatsServer();
    const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });
    const bus = await connectBus({ url: server.url, name: 'test', logger });
    await bus.applyTopology({ scale: 0.001 });
    await bus.store.putBytes('artifacts', Buffer.alloc(3_600_000, 'x'));
    const task = await openTaskFolder('/', DIABETES);
    await expect(submitRun(bus, task, { player: { kind: 'playbook', clumsy: false } })).rejects.toMatchObject(
      {
        exitCode: 3,
        message: expect.stringMatching(/OBJ_artifacts is 8\d % full/),
      },
    );
    expect(await bus.streams.subjects('INBOX', '>')).toEqual([]);
    expect(await bus.streams.subjects('RUNS', RUN_LOGS_FILTER)).toEqual([]);
    await bus.close();
  },
);

it.skipIf(noServer)('a bare folder is uploaded with all its data, and without hidden files', async () => {
  await using server = await startNatsServer();
  const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });
  const bus = await connectBus({ url: server.url, name: 'test', logger });
  await bus.applyTopology({ scale: 0.05 });
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'about'));
  await writeFile(join(folder.path, 'train.csv'), 'x,y\n1,2\n');
  await writeFile(join(folder.path, 'about', 'description.md'), 'words');
  await writeFile(join(folder.path, '.env'), 'SECRET=1');
  const run = await submitRun(bus, await openTaskFolder('/', folder.path), {
    player: { kind: 'playbook', clumsy: false },
  });
  expect(await uploadedFor(bus, run)).toEqual(['about/description.md', 'train.csv']);
  await bus.close();
});

/** Paths of the folder that a submitted run came with. */
async function uploadedFor(bus: Bus, run: RunId): Promise<string[]> {
  const stop = new AbortController();
  const told = Promise.withResolvers<string[]>();
  const consuming = bus.streams.consume(
    runInboxConsumer(run),
    [runSubmitted],
    { concurrency: 1, signal: stop.signal },
    async ({ body }) => {
      const { files } = await bus.store.readManifest(body.source);
      told.resolve(files.map(({ path }) => path).sort());
      return DONE;
    },
  );
  const paths = await told.promise;
  stop.abort();
  await consuming;
  return paths;
}
