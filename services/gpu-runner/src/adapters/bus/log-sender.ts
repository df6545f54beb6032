/** Sends what a program says. Lines are numbered by their place in the program's output. */
import { type Job, logReported, telemetrySubject } from '@modelwright/contracts';
import { type OutputLine, type OutputStream, readOutput } from '@modelwright/sandbox';
import { logBatches } from '../../core/log-batches.ts';
import type { AttemptFolder } from '../disk/attempt-folder.ts';
import type { Sent } from '../disk/sent.ts';
import { SoleWriter, type TelemetryStreams } from './sole-writer.ts';

const STREAMS: readonly OutputStream[] = ['stdout', 'stderr'];

export class LogSender {
  readonly #job: Job;
  readonly #folder: AttemptFolder;
  readonly #writer: SoleWriter<typeof logReported>;

  constructor(streams: TelemetryStreams, job: Job, folder: AttemptFolder) {
    this.#job = job;
    this.#folder = folder;
    const subject = telemetrySubject(job.run, job.id, folder.number, 'log');
    this.#writer = new SoleWriter(streams, logReported, { subject, run: job.run });
  }

  /** What was written down, brought up to what is stored. */
  async catchUp(sent: Sent): Promise<Sent> {
    const now = { ...sent };
    for (const { stream, first, lines } of await this.#writer.catchUp(sent.sequences.log)) {
      const { line, headBytes, characters } = now[stream];
      now[stream] = {
        line: Math.max(line, first + lines.length),
        headBytes,
        characters: characters + charactersOf(lines),
      };
    }
    return { ...now, sequences: { ...sent.sequences, log: this.#writer.last } };
  }

  /** Sends what is new, at most as many lines of each stream as `allowed` says. */
  async send(sent: Sent, allowed: (stream: OutputStream) => number): Promise<Sent> {
    const now = { ...sent };
    for (const stream of STREAMS) now[stream] = await this.#sendLines(stream, sent[stream], allowed(stream));
    return { ...now, sequences: { ...sent.sequences, log: this.#writer.last } };
  }

  async #sendLines(
    stream: OutputStream,
    from: Sent[OutputStream],
    allowance: number,
  ): Promise<Sent[OutputStream]> {
    if (allowance === 0) return from;
    const lines: OutputLine[] = [];
    let { characters, ...position } = from;
    for (;;) {
      const next = await readOutput(this.#folder.path, stream, position);
      position = next.position;
      if (next.lines.length === 0) break;
      lines.push(...next.lines);
    }
    for (const batch of logBatches(lines, allowance)) {
      await this.#append(stream, batch.first, batch.lines);
      characters += charactersOf(batch.lines);
    }
    return { ...position, characters };
  }

  #append(stream: OutputStream, first: number, lines: string[]): Promise<void> {
    const { id } = this.#job;
    const attempt = this.#folder.number;
    const messageId = `log:${id}:${attempt}:${stream}:${first}-${first + lines.length}`;
    return this.#writer.append({ job: id, attempt, stream, first, lines }, messageId);
  }
}

const charactersOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);
