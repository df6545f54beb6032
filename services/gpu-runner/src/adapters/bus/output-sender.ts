/**
 * Sends what a program says and measures to TELEMETRY, each line exactly once, while it runs and at its end.
 *
 * How far it got is written down after the sending. After a crash, or a turn that failed half way, the stream itself
 * tells what had been sent beyond that.
 */
import type { Job } from '@modelwright/contracts';
import type { OutputStream } from '@modelwright/sandbox';
import { linesAllowed } from '../../core/log-pace.ts';
import type { AttemptFolder } from '../disk/attempt-folder.ts';
import type { Sent } from '../disk/sent.ts';
import { LogSender } from './log-sender.ts';
import { FOLLOWED_BYTES, MetricSender } from './metric-sender.ts';
import type { TelemetryStreams } from './sole-writer.ts';

/** Of each stream, at the end: about as much as its tail is worth reading. */
const LAST_LINES = 2000;

export interface SenderPorts {
  readonly streams: TelemetryStreams;
  readonly job: Job;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export class OutputSender {
  readonly #ports: SenderPorts;
  readonly #folder: AttemptFolder;
  readonly #logs: LogSender;
  readonly #metrics: MetricSender;
  /** Whether what is written down is what is stored. */
  #certain = false;
  /** When lines of a stream were sent the last time. */
  readonly #sentAt: Record<OutputStream, number>;
  #startedAt: number | null = null;

  constructor(ports: SenderPorts, folder: AttemptFolder) {
    this.#ports = ports;
    this.#folder = folder;
    this.#logs = new LogSender(ports.streams, ports.job, folder);
    this.#metrics = new MetricSender(ports.streams, ports.job, folder);
    this.#sentAt = { stdout: ports.clock(), stderr: ports.clock() };
  }

  /** Sends what is new. Answers which stop rule was met, in a sentence; null while none was. */
  async send(): Promise<string | null> {
    const sent = await this.#turn((before) => (stream) => this.#allowed(stream, before));
    return sent.rules.met;
  }

  /** Sends all that is left. Answers what was not sent, in sentences. Of what another host executed nothing is left here. */
  async sendRest(): Promise<string[]> {
    if (!(await this.#folder.exists())) return [];
    let before: Sent;
    let after = await this.#folder.sent();
    do {
      before = after;
      after = await this.#turn(() => () => LAST_LINES);
    } while (after.metrics.bytes > before.metrics.bytes);
    return after.metrics.bytes < FOLLOWED_BYTES ? [] : ['its metrics were followed up to 32 MiB only'];
  }

  async #turn(allowing: (before: Sent) => (stream: OutputStream) => number): Promise<Sent> {
    const written = await this.#folder.sent();
    const known = this.#certain ? written : await this.#catchUp(written);
    this.#certain = false;
    const logged = await this.#logs.send(known, allowing(known));
    this.#startedAt ??= (await this.#folder.provided())?.at ?? this.#ports.clock();
    const after = await this.#metrics.send(logged, this.#startedAt);
    if (JSON.stringify(after) !== JSON.stringify(written)) await this.#folder.remember(after);
    this.#certain = true;
    return after;
  }

  #allowed(stream: OutputStream, { [stream]: { characters } }: Sent): number {
    const now = this.#ports.clock();
    const keptBytes = this.#ports.job.limits.logBytes;
    const allowed = linesAllowed({ characters, keptBytes, sinceMs: now - this.#sentAt[stream] });
    if (allowed > 0) this.#sentAt[stream] = now;
    return allowed;
  }

  async #catchUp(written: Sent): Promise<Sent> {
    await this.#metrics.catchUp(written);
    return await this.#logs.catchUp(written);
  }
}
