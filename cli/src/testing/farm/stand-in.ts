/**
 * A process that behaves on the bus as a service does towards `modelwright`: it makes or awaits the topology, says
 * that it is ready, and leaves on SIGTERM. The variable STAND_IN_<NAME> makes one `die` at its start or `hang` at its end.
 */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { connectBus } from '@modelwright/bus';
import { type Worker, worker, workerKey } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';

export async function standIn(service: Worker['service']): Promise<void> {
  const name = variable('MODELWRIGHT_NAME');
  const manners = process.env[`STAND_IN_${name.toUpperCase().replaceAll('-', '_')}`];
  if (manners === 'die') {
    console.error(`${name} cannot start: it was told so`);
    process.exit(3);
  }
  const bus = await connectBus({
    url: variable('NATS_URL'),
    user: variable('NATS_USER'),
    password: readFileSync(variable('NATS_PASSWORD_FILE'), 'utf8'),
    name,
    logger: createLogger({ service, name, level: 'warn' }),
  });
  if (service === 'manager') await bus.applyTopology();
  else await bus.awaitTopology(AbortSignal.timeout(30_000));
  await bus.records('workers', worker).put(workerKey(service, name), {
    service,
    name,
    process: 'stand-in',
    host: hostname(),
    pid: process.pid,
    startedAt: Date.now(),
    beatAt: Date.now(),
    state: 'ready',
    version: '0.0.0',
    runner: null,
  });
  console.error(`${name} is ready`);
  const alive = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => {
    if (manners === 'hang') return;
    clearInterval(alive);
    void bus.close();
  });
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
