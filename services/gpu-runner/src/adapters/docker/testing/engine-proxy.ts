/** Stands between supervisors and an engine, so that the engine can be away without being stopped. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class EngineProxy {
  readonly path: string;
  readonly #engine: string;
  readonly #open = new Set<Socket>();
  #server: Server;

  private constructor(engine: string, path: string) {
    this.#engine = engine;
    this.path = path;
    this.#server = this.#made();
  }

  static async start(engine: string): Promise<EngineProxy> {
    const proxy = new EngineProxy(engine, join(await mkdtemp(join(tmpdir(), 'mw-engine-')), 'docker.sock'));
    await proxy.#listen();
    return proxy;
  }

  /** From now on nobody answers; who waits is cut off. */
  async cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    this.#server = this.#made();
    await this.#listen();
  }

  async stop(): Promise<void> {
    await this.cut();
    await rm(join(this.path, '..'), { recursive: true, force: true });
  }

  #made(): Server {
    return createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ path: this.#engine, allowHalfOpen: true });
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#open.add(from);
        from.on('error', () => to.destroy());
        from.once('close', () => {
          this.#open.delete(from);
          to.destroy();
        });
        from.pipe(to);
      }
    });
  }

  #listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(this.path, resolve));
  }
}
