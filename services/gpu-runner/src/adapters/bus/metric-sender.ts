/** Sends what a program measures, and tells what it measured to whoever judges it. */
import { join } from 'node:path';
import { type Job, metricsReported, telemetrySubject } from '@modelwright/contracts';
import {
  lineAfter,
  metricReading,
  type Reading,
  readingBatches,
  reported,
} from '../../core/metric-readings.ts';
import { afterReadings } from '../../core/stop-rules.ts';
import type { AttemptFolder } from '../disk/attempt-folder.ts';
import { newLines } from '../disk/metrics-file.ts';
import type { Sent } from '../disk/sent.ts';
import { SoleWriter, type TelemetryStreams } from './sole-writer.ts';

/** Of one turn, so that a program that writes faster than we read does not keep us for ever. */
const TURN_BYTES = 2 * 1024 * 1024;
/** Of one attempt: some 400,000 values. More stays in its output. */
export const FOLLOWED_BYTES = 32 * 1024 * 1024;

export class MetricSender {
  readonly #job: Job;
  readonly #folder: AttemptFolder;
  readonly #writer: SoleWriter<typeof metricsReported>;
  /** Lines before this one are in the stream, though they were not written down as sent. */
  #storedUpTo = 0;

  constructor(streams: TelemetryStreams, job: Job, folder: AttemptFolder) {
    this.#job = job;
    this.#folder = folder;
    const subject = telemetrySubject(job.run, job.id, folder.number, 'metric');
    this.#writer = new SoleWriter(streams, metricsReported, { subject, run: job.run });
  }

  async catchUp(sent: Sent): Promise<void> {
    const last = (await this.#writer.catchUp(sent.sequences.metric)).at(-1);
    this.#storedUpTo = last === undefined ? 0 : lineAfter(last);
  }

  /** Sends what is new; `startedAt` is when the program was started, milliseconds since the epoch. */
  async send(sent: Sent, startedAt: number): Promise<Sent> {
    const path = join(this.#folder.place('out'), 'metrics.jsonl');
    let { metrics, rules } = sent;
    const end = Math.min(metrics.bytes + TURN_BYTES, FOLLOWED_BYTES);
    while (metrics.bytes < end) {
      const { lines, bytes } = await newLines(path, metrics.bytes);
      if (bytes === 0) break;
      const readings = lines.map(metricReading);
      await this.#append(readings, metrics.lines);
      const whole = readings.filter((reading) => reading !== null);
      rules = { ...afterReadings(this.#job.stopRules, rules, whole, startedAt) };
      metrics = { bytes: metrics.bytes + bytes, lines: metrics.lines + lines.length };
    }
    return { ...sent, metrics, rules, sequences: { ...sent.sequences, metric: this.#writer.last } };
  }

  async #append(readings: readonly (Reading | null)[], first: number): Promise<void> {
    const skipped = Math.max(0, this.#storedUpTo - first);
    const { id } = this.#job;
    const attempt = this.#folder.number;
    for (const batch of readingBatches(readings.slice(skipped), first + skipped)) {
      const messageId = `metric:${id}:${attempt}:${batch.first}-${batch.first + batch.readings.length}`;
      await this.#writer.append({ job: id, attempt, ...reported(batch) }, messageId);
    }
  }
}
