/**
 * Sends what a program says and measures to TELEMETRY while it runs.
 *
 * Lines are numbered by their place in the program's output, so a batch that is sent again after a crash does no harm.
 * How far it got is kept in the attempt's folder, after the sending.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Streams } from '@modelwright/bus';
import { type Job, logReported, metricsReported, telemetrySubject } from '@modelwright/contracts';
import { type OutputLine, type OutputPosition, type OutputStream, readOutput } from '@modelwright/sandbox';
import { logBatches } from '../../core/log-batches.ts';
import { pointBatches } from '../../core/metric-points.ts';
import type { AttemptFolder, Sent } from '../disk/attempt-folder.ts';

const STREAMS: readonly OutputStream[] = ['stdout', 'stderr'];
const METRICS_CHUNK_BYTES = 512 * 1024;

export class OutputSender {
  readonly #streams: Pick<Streams, 'publish'>;
  readonly #job: Job;
  readonly #folder: AttemptFolder;

  constructor(streams: Pick<Streams, 'publish'>, job: Job, folder: AttemptFolder) {
    this.#streams = streams;
    this.#job = job;
    this.#folder = folder;
  }

  /** Sends what is new, at most `allowance` lines of each stream. */
  async send(allowance: number): Promise<void> {
    const before = await this.#folder.sent();
    const after = { ...before };
    for (const stream of STREAMS) after[stream] = await this.#sendLines(stream, before[stream], allowance);
    after.metrics = await this.#sendMetrics(before.metrics);
    if (JSON.stringify(after) !== JSON.stringify(before)) await this.#folder.remember(after);
  }

  async #sendLines(stream: OutputStream, from: OutputPosition, allowance: number): Promise<OutputPosition> {
    const lines: OutputLine[] = [];
    let position = from;
    for (;;) {
      const next = await readOutput(this.#folder.path, stream, position);
      position = next.position;
      if (next.lines.length === 0) break;
      lines.push(...next.lines);
    }
    for (const { first, lines: texts } of logBatches(lines, allowance)) {
      await this.#streams.publish({
        definition: logReported,
        subject: this.#subject('log'),
        body: { job: this.#job.id, attempt: this.#folder.number, stream, first, lines: texts },
        messageId: `log:${this.#job.id}:${this.#folder.number}:${stream}:${first}`,
        run: this.#job.run,
      });
    }
    return position;
  }

  async #sendMetrics(from: Sent['metrics']): Promise<Sent['metrics']> {
    let position = from;
    for (;;) {
      const { lines, bytes } = await newLines(
        join(this.#folder.place('out'), 'metrics.jsonl'),
        position.bytes,
      );
      if (bytes === 0) return position;
      for (const { first, points } of pointBatches(lines, position.lines)) {
        await this.#streams.publish({
          definition: metricsReported,
          subject: this.#subject('metric'),
          body: { job: this.#job.id, attempt: this.#folder.number, first, points },
          messageId: `metric:${this.#job.id}:${this.#folder.number}:${first}`,
          run: this.#job.run,
        });
      }
      position = { bytes: position.bytes + bytes, lines: position.lines + lines.length };
    }
  }

  #subject(kind: 'log' | 'metric'): string {
    return telemetrySubject(this.#job.run, this.#job.id, this.#folder.number, kind);
  }
}

interface NewLines {
  readonly lines: readonly string[];
  /** How far they reach. */
  readonly bytes: number;
}

const NOTHING: NewLines = { lines: [], bytes: 0 };

/** Whole lines from `offset` on, at most a chunk. The file is a stranger's: no link is followed, no pipe waited for. */
async function newLines(path: string, offset: number): Promise<NewLines> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ELOOP' || error.code === 'ENXIO') return null;
      throw error;
    },
  );
  if (file === null) return NOTHING;
  try {
    return (await file.stat()).isFile() ? await wholeLines(file, offset) : NOTHING;
  } finally {
    await file.close();
  }
}

async function wholeLines(file: FileHandle, offset: number): Promise<NewLines> {
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(METRICS_CHUNK_BYTES),
    0,
    METRICS_CHUNK_BYTES,
    offset,
  );
  const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
  // A line longer than a chunk is no point: it is passed over.
  if (end === 0) return { lines: [], bytes: bytesRead === METRICS_CHUNK_BYTES ? bytesRead : 0 };
  return { lines: buffer.toString('utf8', 0, end - 1).split('\n'), bytes: end };
}
