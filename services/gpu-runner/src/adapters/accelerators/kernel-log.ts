/**
 * New lines of the kernel's log: from `/dev/kmsg`, a record a read, or from a file that a log daemon writes.
 *
 * The device keeps what was said since the boot, each with its time: so nothing is missed while no runner runs. A file is
 * followed from its end.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';

export interface KernelLine {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const RECORD_BYTES = 8192;
/** `priority,sequence,microseconds since the boot,flags;text` */
const RECORD = /^\d+,\d+,(\d+),[^;]*;(.*)/;

export class KernelLog {
  readonly #file: FileHandle;
  readonly #isDevice: boolean;
  readonly #bootedAt: number;
  readonly #clock: () => number;
  #position: number;
  #rest = '';

  private constructor(
    file: FileHandle,
    from: { isDevice: boolean; position: number; bootedAt: number },
    clock: () => number,
  ) {
    this.#file = file;
    this.#isDevice = from.isDevice;
    this.#position = from.position;
    this.#bootedAt = from.bootedAt;
    this.#clock = clock;
  }

  /** Throws where it may not be read. */
  static async open(path: string, clock: () => number): Promise<KernelLog> {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const info = await file.stat();
    const uptime = Number((await readFile('/proc/uptime', 'utf8')).split(' ')[0]);
    const isDevice = info.isCharacterDevice();
    const from = { isDevice, position: isDevice ? 0 : info.size, bootedAt: clock() - 1000 * uptime };
    return new KernelLog(file, from, clock);
  }

  /** What was added since the last call. */
  async lines(): Promise<KernelLine[]> {
    return this.#isDevice ? await this.#records() : await this.#appended();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #records(): Promise<KernelLine[]> {
    const found: KernelLine[] = [];
    const buffer = Buffer.alloc(RECORD_BYTES);
    for (;;) {
      const size = await this.#file.read(buffer, 0, RECORD_BYTES, null).then(
        ({ bytesRead }) => bytesRead,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EAGAIN') return 0;
          // Records were overwritten before they were read: the next read goes on with the oldest there is.
          if (error.code === 'EPIPE') return null;
          throw error;
        },
      );
      if (size === 0) return found;
      const [, since, text] = size === null ? [] : (RECORD.exec(buffer.toString('utf8', 0, size)) ?? []);
      if (text !== undefined) found.push({ text, at: this.#bootedAt + Number(since) / 1000 });
    }
  }

  async #appended(): Promise<KernelLine[]> {
    const { size } = await this.#file.stat();
    // A file that became shorter was emptied to begin anew.
    if (size < this.#position) this.#position = 0;
    const buffer = Buffer.alloc(size - this.#position);
    const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, this.#position);
    this.#position += bytesRead;
    const lines = (this.#rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((text) => ({ text, at: this.#clock() }));
  }
}
