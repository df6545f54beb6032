/** What an agent service takes of the machine with many assignments in hand, each waiting for its model. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TEST_PASSWORD, TestFarm } from '@modelwright/agent-host/testing';
import { assignment as assignmentMessage, type Work, workSubject } from '@modelwright/contracts';
import { samplePlan, startProvider } from '@modelwright/llm/testing';
import { figuresOf } from '../farm/process-figures.ts';

const SERVICES = fileURLToPath(new URL('../../../services', import.meta.url));
const RUN = 'bench-abc123-03';
const MODEL = 'patient';
const DAY_MS = 24 * 60 * 60_000;

export interface InFlight {
  readonly service: 'designer' | 'coder';
  readonly assignments: number;
  /** Resident, once it is ready. */
  readonly idleBytes: number;
  /** With every assignment waiting for an answer. */
  readonly busyBytes: number;
  /** From the first assignment being sent to the last being before its model. */
  readonly milliseconds: number;
}

export async function measureInFlight(service: InFlight['service'], assignments: number): Promise<InFlight> {
  await using farm = await TestFarm.start();
  const allAsked = Promise.withResolvers<void>();
  let asked = 0;
  await using provider = await startProvider({
    answer: () => {
      asked += 1;
      if (asked === assignments) allAsked.resolve();
      return new Promise(() => undefined);
    },
  });
  const child = await startService(service, farm, { url: provider.url, assignments });
  const resident = async () => {
    const [figures] = await figuresOf([{ name: service, pid: child.pid ?? 0 }]);
    return figures?.residentBytes ?? 0;
  };
  const ended = once(child, 'close');
  try {
    const idleBytes = await resident();
    const began = performance.now();
    await send(service, farm, assignments);
    await Promise.race([
      allAsked.promise,
      ended.then(() => Promise.reject(new Error(`the ${service} ended`))),
    ]);
    const milliseconds = performance.now() - began;
    return { service, assignments, idleBytes, busyBytes: await resident(), milliseconds };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function startService(
  service: InFlight['service'],
  farm: TestFarm,
  { url, assignments }: { readonly url: string; readonly assignments: number },
): Promise<ChildProcess> {
  const config = join(farm.folder.path, 'modelwright.yaml');
  const model = { base_url: url, api: 'chat', key_env: 'none', price: { input: 1, output: 4 } };
  await writeFile(config, JSON.stringify({ models: { [MODEL]: model }, roles: { default: [MODEL] } }));
  const child = spawn(process.execPath, [join(SERVICES, service, 'src', 'main.ts')], {
    env: {
      ...process.env,
      NATS_URL: farm.server.url,
      NATS_USER: service,
      NATS_PASSWORD: TEST_PASSWORD,
      MODELWRIGHT_HOME: join(farm.folder.path, 'home'),
      MODELWRIGHT_NAME: `${service}-1`,
      MODELWRIGHT_CONFIG: config,
      AGENT_CONCURRENCY: String(assignments),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await ready(child);
  child.stderr?.resume();
  return child;
}

/** Its log says when it is. */
async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  for await (const text of child.stderr?.setEncoding('utf8').iterator({ destroyOnReturn: false }) ?? []) {
    said += text;
    if (said.includes('"msg":"ready"')) return;
  }
  throw new Error(`the service ended at its start: ${said}`);
}

async function send(service: InFlight['service'], farm: TestFarm, assignments: number): Promise<void> {
  const work = await workOf(service, farm);
  for (let n = 1; n <= assignments; n += 1) {
    const body = {
      id: `${RUN}_c${n}_bench_1`,
      run: RUN,
      candidate: `c${n}`,
      seed: n,
      grant: { turns: 20, microUsd: 10_000_000, tokens: null, deadline: Date.now() + DAY_MS },
      player: { kind: 'models' as const, models: [MODEL] },
      work,
    };
    await farm.bus.streams.publish({
      definition: assignmentMessage,
      subject: workSubject(service, 'normal', RUN),
      body,
      messageId: body.id,
      run: RUN,
    });
  }
}

async function workOf(service: InFlight['service'], farm: TestFarm): Promise<Work> {
  const data = await farm.preparedData();
  if (service === 'coder') {
    const none = { base: null, feedback: null, insights: [] };
    return { role: 'coder', action: 'implement', data, plan: samplePlan, ...none };
  }
  const none = { parent: null, partner: null, guidance: null, board: [], insights: [] };
  return { role: 'designer', action: 'portfolio', data, count: 3, ...none };
}
