/** A real server with everything an agent needs of a run: prepared data, a run actor that only resumes, a runner that follows a script. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, connectBus } from '@modelwright/bus';
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

export class TestFarm implements AsyncDisposable {
  readonly server: NatsServerProcess;
  readonly bus: Bus;
  readonly folder: TemporaryFolder;
  readonly logger: Logger;

  private constructor(parts: Pick<TestFarm, 'server' | 'bus' | 'folder' | 'logger'>) {
    this.server = parts.server;
    this.bus = parts.bus;
    this.folder = parts.folder;
    this.logger = parts.logger;
  }

  static async start(): Promise<TestFarm> {
    const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });
    const server = await startNatsServer();
    const folder = await temporaryFolder();
    const bus = await connectBus({ url: server.url, name: 'test', logger, ackWaitMs: ACK_WAIT_MS });
    await bus.applyTopology();
    return new TestFarm({ server, bus, folder, logger });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bus.close();
    await this.server.stop();
    await this.folder[Symbol.asyncDispose]();
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

function trainCsv(task: DatasetTask): string {
  const rows = Array.from({ length: task.rows }, (_, n) => {
    const label = task.classes?.[n % task.classes.length] ?? String(n % 7);
    return `r${n},${n % 10},${n % 2 === 0 ? 'clay' : 'sand'},${label},${n % task.folds}`;
  });
  return `${[task.id, ...task.features.map(({ name }) => name), task.target, task.fold].join(',')}\n${rows.join('\n')}\n`;
}
