/** Telemetry in memory, with the faults of a bus that goes away: an answer is lost, or the request itself. */
import { type AppendOutcome, type Stored, TransientFailure } from '@modelwright/bus';
import { logReported, type MessageDefinition, metricsReported } from '@modelwright/contracts';
import { z } from 'zod';
import type { TelemetryStreams } from '../adapters/bus/sole-writer.ts';

type Body<Definition extends MessageDefinition> = z.infer<Definition['body']>;

interface Kept {
  readonly subject: string;
  readonly sequence: number;
  readonly messageId: string;
  readonly body: unknown;
}

export type TelemetryFault = 'none' | 'lost answer' | 'lost request';

export class TelemetryDouble implements TelemetryStreams {
  /** What befalls the next appends, in order. */
  faults: TelemetryFault[] = [];
  #kept: Kept[] = [];
  #sequence = 0;

  append<Definition extends MessageDefinition>({
    subject,
    body,
    messageId,
    expectedLast,
  }: {
    readonly subject: string;
    readonly body: Body<Definition>;
    readonly messageId: string;
    readonly expectedLast: number;
  }): Promise<AppendOutcome> {
    const fault = this.faults.shift() ?? 'none';
    if (fault === 'lost request') return Promise.reject(new TransientFailure('away', 'the request was lost'));
    const last = this.#on(subject).at(-1)?.sequence ?? 0;
    if (last !== expectedLast) return Promise.resolve({ kind: 'conflict' });
    this.#sequence += 1;
    this.#kept.push({ subject, sequence: this.#sequence, messageId, body });
    if (fault === 'lost answer') return Promise.reject(new TransientFailure('away', 'the answer was lost'));
    return Promise.resolve({ kind: 'appended', sequence: this.#sequence });
  }

  read<Definition extends MessageDefinition>(
    _stream: string,
    subject: string,
    definition: Definition | readonly Definition[],
    after = 0,
  ): Promise<Stored<Body<Definition>>[]> {
    const found = this.#on(subject).filter(({ sequence }) => sequence > after);
    return Promise.resolve(found.map((kept) => stored(kept, definition)));
  }

  last<Definition extends MessageDefinition>(
    _stream: string,
    subject: string,
    definition: Definition | readonly Definition[],
  ): Promise<Stored<Body<Definition>> | null> {
    const kept = this.#on(subject).at(-1);
    return Promise.resolve(kept === undefined ? null : stored(kept, definition));
  }

  discardAll(): void {
    this.#kept = [];
  }

  /** Numbers of the lines that were sent, in the order of their storing. */
  lines(stream: 'stdout' | 'stderr'): number[] {
    return this.#bodies(logReported).flatMap(({ stream: of, first, lines }) =>
      of === stream ? lines.map((_, n) => first + n) : [],
    );
  }

  steps(): number[] {
    return this.#bodies(metricsReported).flatMap(({ points }) => points.map(({ step }) => step));
  }

  flags(): string[] {
    return this.#bodies(metricsReported).flatMap(({ notFinite = [] }) => notFinite.map(({ is }) => is));
  }

  #on(subject: string): Kept[] {
    return this.#kept.filter((kept) => kept.subject === subject);
  }

  #bodies<Definition extends MessageDefinition>(definition: Definition): Body<Definition>[] {
    return this.#kept.flatMap(({ body }) => {
      const parsed = z.safeParse(schemaOf(definition, 'body'), body);
      return parsed.success ? [parsed.data] : [];
    });
  }
}

function stored<Definition extends MessageDefinition>(
  { body, ...kept }: Kept,
  definitions: Definition | readonly Definition[],
): Stored<Body<Definition>> {
  const definition = isList(definitions) ? definitions[0] : definitions;
  if (definition === undefined) throw new Error('nothing to read it as');
  return { ...kept, time: 0, schema: definition.schema, body: z.parse(schemaOf(definition, 'body'), body) };
}

/** `definition.body`, typed by what the definition is known to be and not by what every definition is. */
const schemaOf = <Definition extends MessageDefinition, Key extends 'body'>(
  definition: Definition,
  key: Key,
) => definition[key];

const isList = <Item>(value: Item | readonly Item[]): value is readonly Item[] => Array.isArray(value);
