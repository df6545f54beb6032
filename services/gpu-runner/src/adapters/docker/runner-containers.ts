/** The containers that runners have made on this engine: listed by their labels, removed where nobody wants them. */
import { access } from 'node:fs/promises';
import type Docker from 'dockerode';
import type { SeenContainer } from '../../core/strangers.ts';
import type { TakenAccelerator } from '../../handlers/executor.ts';
import { ANY_RUNNER, type ContainerLabels, containerLabels, ofRecord } from './labels.ts';
import { statusCode } from './status-code.ts';

interface Listed {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly live: boolean;
  readonly labels: ContainerLabels;
}

const ENDED = ['exited', 'dead'];

export class RunnerContainers {
  readonly #docker: Docker;

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  async seen(): Promise<SeenContainer[]> {
    const all = await this.#list(ANY_RUNNER);
    return await Promise.all(
      all.map(async ({ id, createdAt, labels }) => ({
        id,
        createdAt,
        runner: labels['modelwright.runner'],
        job: labels['modelwright.job'],
        deadline: Number(labels['modelwright.deadline']),
        record: labels['modelwright.record'],
        known: await exists(labels['modelwright.record']),
      })),
    );
  }

  /** Accelerators that containers hold, whatever locks and books say. */
  async taken(): Promise<TakenAccelerator[]> {
    const all = await this.#list(ANY_RUNNER);
    return all
      .filter(({ live }) => live)
      .flatMap(({ labels }) =>
        labels['modelwright.accelerators']
          .split(',')
          .filter((uuid) => uuid !== '')
          .map((uuid) => ({
            uuid,
            job: labels['modelwright.job'],
            runner: labels['modelwright.runner'],
          })),
      );
  }

  /** Of an attempt that is begun anew: what an earlier try has made, and nobody supervises. */
  async removeOf(record: string): Promise<void> {
    for (const { id } of await this.#list(ofRecord(record))) await this.remove(id);
  }

  async remove(id: string): Promise<void> {
    try {
      await this.#docker.getContainer(id).remove({ force: true, v: true });
    } catch (error) {
      const code = statusCode(error);
      // 404: it is gone. 409: somebody else is removing it just now.
      if (code !== 404 && code !== 409) throw error;
    }
  }

  async #list(label: string): Promise<Listed[]> {
    const found = await this.#docker.listContainers({ all: true, filters: { label: [label] } });
    return found.flatMap(({ Id, Created, State, Labels }) => {
      const labels = containerLabels.safeParse(Labels);
      if (!labels.success) return [];
      return [{ id: Id, createdAt: Created * 1000, live: !ENDED.includes(State), labels: labels.data }];
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
