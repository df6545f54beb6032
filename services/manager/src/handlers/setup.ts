/**
 * Setup: a folder that states its task is prepared as it says, by a plain program; for one that does not, the setup agent
 * proposes a task first.
 */
import { join } from 'node:path';
import type { AgentHandler } from '@modelwright/agent-host';
import { PermanentFailure, type Verdict, workConsumer } from '@modelwright/bus';
import { assignment, type WorkResult } from '@modelwright/contracts';
import { prepareData } from '../agents/setup/prepare-data.ts';
import type { SetupPorts, SetupWork } from '../agents/setup/setup-seat.ts';
import { type WorkerPorts, workHandler } from './worker.ts';

export function consumeSetup(
  ports: WorkerPorts & SetupPorts,
  concurrency: number,
  agent: AgentHandler,
): Promise<void> {
  const plain = workHandler(ports, 'setup', (work) => setUp(ports, work));
  const options = { concurrency, signal: ports.leaving };
  return ports.bus.streams.consume(
    workConsumer('setup'),
    assignment,
    options,
    (delivery): Promise<Verdict> => {
      const { work } = delivery.body;
      return work.role === 'setup' && work.task === null ? agent(delivery) : plain(delivery);
    },
  );
}

/** A task that the user states is taken as it is. */
export async function setUp(ports: SetupPorts, work: SetupWork): Promise<WorkResult> {
  const { task } = work;
  if (task === null) throw new PermanentFailure('no-task', 'the folder has no task.yaml');
  return await ports.scratch.use('setup', async (folder) => {
    const source = join(folder, 'source');
    await ports.store.getTree(work.source, source);
    return { role: 'setup', task: null, data: await prepareData(ports, work, task, source) };
  });
}
