/**
 * Measures the accelerators of running jobs: one call of the vendor's tool for all of them, every few seconds.
 *
 * What was measured is kept in the attempt's folder, so that the next process of the runner goes on with it.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type AcceleratorUse, acceleratorUse } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { z } from 'zod';
import { NO_USE, type Span, useOver, withSample } from '../../core/accelerators/use.ts';
import type { AcceleratorProbe } from './probe.ts';

const NAME = 'accelerator-use.json';

const power = z.object({ at: z.number(), watts: z.number() });
const record = z.object({
  accelerators: acceleratorUse.shape.accelerators,
  use: z.object({
    samples: z.int(),
    utilisationSum: z.number(),
    utilisationCount: z.int(),
    peakMemoryBytes: z.number().nullable(),
    joules: z.number(),
    first: power.nullable(),
    last: power.nullable(),
  }),
});
type Measured = z.infer<typeof record>;

/** Of one job; disposed of when the program has ended. */
export interface UseMeter extends AsyncDisposable {
  readonly uuids: readonly string[];
}

export interface MeterPorts {
  readonly probe: Pick<AcceleratorProbe, 'sample'>;
  readonly everyMs: number;
  readonly clock: () => number;
  readonly logger: Logger;
}

class Meter implements UseMeter {
  readonly #path: string;
  readonly #gone: (meter: Meter) => Promise<void>;
  #measured: Measured;

  constructor(path: string, measured: Measured, gone: (meter: Meter) => Promise<void>) {
    this.#path = path;
    this.#measured = measured;
    this.#gone = gone;
  }

  get uuids(): string[] {
    return this.#measured.accelerators.map((one) => one.uuid);
  }

  async take(at: number, samples: Parameters<typeof withSample>[2]): Promise<void> {
    const own = samples.filter((one) => this.uuids.includes(one.uuid));
    this.#measured = { ...this.#measured, use: withSample(this.#measured.use, at, own) };
    await this.write();
  }

  async write(): Promise<void> {
    await writeFile(`${this.#path}.new`, JSON.stringify(this.#measured));
    await rename(`${this.#path}.new`, this.#path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#gone(this);
  }
}

export class UseMeters {
  readonly #ports: MeterPorts;
  readonly #meters = new Set<Meter>();
  #over = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(ports: MeterPorts) {
    this.#ports = ports;
  }

  /** @param folder Of the attempt, with what an earlier process has measured. */
  async begin(folder: string, accelerators: AcceleratorUse['accelerators']): Promise<UseMeter> {
    const path = join(folder, NAME);
    const before = await read(path);
    const measured = before ?? { accelerators: [...accelerators], use: NO_USE };
    const meter = new Meter(path, measured, (gone) => this.#end(gone));
    await meter.write();
    this.#meters.add(meter);
    if (this.#meters.size === 1) {
      this.#over = new AbortController();
      this.#running = this.#run(this.#running, this.#over.signal);
    }
    return meter;
  }

  /** One look at all accelerators that are measured now. A look that fails is left out. */
  async look(): Promise<void> {
    const meters = [...this.#meters];
    const uuids = [...new Set(meters.flatMap((meter) => meter.uuids))];
    try {
      const samples = await this.#ports.probe.sample(uuids);
      const at = this.#ports.clock();
      for (const meter of meters) if (this.#meters.has(meter)) await meter.take(at, samples);
    } catch (err) {
      this.#ports.logger.warn({ err }, 'accelerators could not be measured now');
    }
  }

  async #run(before: Promise<void>, signal: AbortSignal): Promise<void> {
    await before;
    while (!signal.aborted) {
      await this.look();
      await delay(this.#ports.everyMs, undefined, { signal }).catch(() => undefined); // the last meter is gone
    }
  }

  async #end(meter: Meter): Promise<void> {
    this.#meters.delete(meter);
    if (this.#meters.size > 0) return;
    this.#over.abort();
    await this.#running;
  }
}

/** What a job made of its accelerators; null where nothing was measured. @param span Of its program. */
export async function readUse(folder: string, span: Span): Promise<AcceleratorUse | null> {
  const measured = await read(join(folder, NAME));
  return measured === null ? null : useOver(span, measured.use, measured.accelerators);
}

async function read(path: string): Promise<Measured | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : record.parse(JSON.parse(text));
}
