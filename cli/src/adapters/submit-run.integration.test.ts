import { fileURLToPath } from 'node:url';
import { connectBus } from '@modelwright/bus';
import { RUN_LOGS_FILTER } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { natsServersUnderTest, startNatsServer } from '@modelwright/testing';
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
