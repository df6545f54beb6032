/** A TCP proxy before the server that loses what a test wants lost, and cuts connections. */
import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';

export class CuttableProxy {
  /** While set, what the server answers is thrown away: requests arrive, replies do not. */
  loseReplies = false;
  /** While set, what clients send is thrown away. */
  loseRequests = false;
  /** What clients have sent, and what they were sent, in bytes. */
  readonly passed = { up: 0, down: 0 };
  /** Once so many bytes have gone down, the connections are cut; then it is null again. */
  cutAfterDown: number | null = null;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      const target = createConnection({ port: targetPort, host: '127.0.0.1' });
      for (const socket of [client, target]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          client.destroy();
          target.destroy();
        });
      }
      client.on('data', (data) => {
        this.passed.up += data.length;
        if (!this.loseRequests) passOn(data, client, target);
      });
      target.on('data', (data) => {
        this.passed.down += data.length;
        if (!this.loseReplies) passOn(data, target, client);
        this.#cutWhenDue();
      });
    });
  }

  static async before(targetPort: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(targetPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #cutWhenDue(): void {
    if (this.cutAfterDown === null || this.passed.down < this.cutAfterDown) return;
    this.cutAfterDown = null;
    this.cut();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

/** No faster than it is read: what has passed has nearly arrived. */
function passOn(data: Buffer, from: Socket, to: Socket): void {
  if (to.write(data)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
