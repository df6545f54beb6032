/**
 * A real server with the users and permissions of `modelwright up`, so that nothing is done that a role may not do, and
 * what an agent needs of a run: prepared data, versions, outputs.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, type BusUser, connectBus, natsConfig } from '@modelwright/bus';
import type { DatasetTask, PreparedData, TreeRef, Version } from '@modelwright/contracts';
import { sampleTask } from '@modelwright/llm/testing';
import { createLogger, type Logger } from '@modelwright/telemetry';
import {
  type NatsServerProcess,
  startNatsServer,
  type TemporaryFolder,
  temporaryFolder,
} from '@modelwright/testing';
import { openWorkTree } from '@modelwright/workspace';

/** Short, so that what a dead worker held is soon delivered again. */
const ACK_WAIT_MS = 1500;
/** Of the size of all streams: the server reserves none of it, but says no to more than the disk has. */
const SCALE = 0.05;
/** Of every user of a test's server. */
export const TEST_PASSWORD = 'for this test';

export class TestFarm implements AsyncDisposable {
  readonly server: NatsServerProcess;
  /** As the manager. */
  readonly bus: Bus;
  readonly folder: TemporaryFolder;
  readonly logger: Logger;
  readonly #buses = new Map<BusUser, Promise<Bus>>();

  private constructor(parts: Pick<TestFarm, 'server' | 'bus' | 'folder' | 'logger'>) {
    this.server = parts.server;
    this.bus = parts.bus;
    this.folder = parts.folder;
    this.logger = parts.logger;
  }

  static async start(): Promise<TestFarm> {
    const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });
    const server = await startNatsServer({
      config: (place) => natsConfig({ ...place, passwords: PASSWORDS, syncAlways: false, scale: SCALE }),
    });
    const folder = await temporaryFolder();
    const bus = await connectAs(server.url, 'manager', logger);
    await bus.applyTopology({ scale: SCALE });
    return new TestFarm({ server, bus, folder, logger });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const bus of await Promise.all(this.#buses.values())) await bus.close();
    await this.bus.close();
    await this.server.stop();
    await this.folder[Symbol.asyncDispose]();
  }

  /** The bus as another user sees it. */
  busOf(user: BusUser): Promise<Bus> {
    const open = this.#buses.get(user) ?? connectAs(this.server.url, user, this.logger);
    this.#buses.set(user, open);
    return open;
  }

  /** Files as a stored folder. */
  async tree(
    files: Readonly<Record<string, string>>,
    store: 'datasets' | 'artifacts' = 'artifacts',
  ): Promise<TreeRef> {
    const folder = join(this.folder.path, `tree-${crypto.randomUUID()}`);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const { kind, sha256, size } = await this.bus.store.putTree(store, folder);
    return { kind, store, sha256, size };
  }

  async preparedData(task: DatasetTask = sampleTask): Promise<PreparedData> {
    const dataset = await this.tree(
      { 'task.json': JSON.stringify(task), 'train.csv': trainCsv(task) },
      'datasets',
    );
    const card = await this.tree({ 'card.json': JSON.stringify({ rows: task.rows }) }, 'datasets');
    return {
      datasets: { train: dataset, all: dataset, score: dataset, holdout: null, test: null },
      truth: { ...dataset, store: 'truth' },
      task,
      rows: { train: task.rows, score: 0, holdout: 0, test: 0, unlabelled: 0 },
      card,
      form: null,
      split: { by: 'random', reason: 'no reason to do otherwise', seed: 1 },
      warnings: [],
    };
  }

  /** A candidate with these files, as somebody left it. */
  async version(files: Readonly<Record<string, string>>): Promise<Version> {
    const folder = join(this.folder.path, `version-${crypto.randomUUID()}`);
    await mkdir(join(folder, 'empty'), { recursive: true });
    const tree = await openWorkTree({ gitDir: join(folder, 'git'), workTree: join(folder, 'tree') });
    await tree.create(join(folder, 'empty'), 0);
    for (const [path, content] of Object.entries(files)) await tree.writeText(path, content);
    const commit = await tree.commit('As somebody left it', 0);
    await tree.bundle(join(folder, 'bundle'));
    return { commit, bundle: await this.bus.store.putFile('workspaces', join(folder, 'bundle')) };
  }
}

const PASSWORDS: Record<BusUser, string> = {
  manager: TEST_PASSWORD,
  designer: TEST_PASSWORD,
  coder: TEST_PASSWORD,
  tuner: TEST_PASSWORD,
  runner: TEST_PASSWORD,
  cli: TEST_PASSWORD,
};

function connectAs(url: string, user: BusUser, logger: Logger): Promise<Bus> {
  return connectBus({ url, user, password: TEST_PASSWORD, name: user, logger, ackWaitMs: ACK_WAIT_MS });
}

function trainCsv(task: DatasetTask): string {
  const rows = Array.from({ length: task.rows }, (_, n) => {
    const label = task.classes?.[n % task.classes.length] ?? String(n % 7);
    return `r${n},${n % 10},${n % 2 === 0 ? 'clay' : 'sand'},${label},${n % task.folds}`;
  });
  return `${[task.id, ...task.features.map(({ name }) => name), task.target, task.fold].join(',')}\n${rows.join('\n')}\n`;
}
