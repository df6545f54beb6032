/** Following a stream: what is there, then what comes. */
import type { MessageDefinition } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';
import type { StreamName } from '../topology/names.ts';
import { readEnvelope } from './envelope-headers.ts';
import { orderedMessages } from './ordered-messages.ts';
import type { Wire } from './publish.ts';
import { toStored } from './read.ts';
import type { Body, Definitions, Stored } from './streams.ts';
import { definitionOf, fromWire, type Received } from './wire-message.ts';

export async function* follow<Definition extends MessageDefinition>(
  wire: Wire,
  where: {
    readonly stream: StreamName;
    readonly filter: string;
    readonly after: number;
    readonly signal: AbortSignal;
  },
  definitions: Definitions<Definition>,
): AsyncGenerator<Stored<Body<Definition>>> {
  for await (const message of orderedMessages(wire.connection, where)) {
    const parsed = await parseOrPass(wire, message, definitions);
    if (parsed !== null) yield toStored(message, parsed);
  }
}

/** Null for what is not ours to read. One broken message must not end what shows all others. */
async function parseOrPass<Definition extends MessageDefinition>(
  wire: Wire,
  received: Received,
  definitions: Definitions<Definition>,
) {
  try {
    if (definitionOf(definitions, readEnvelope(received.headers).schema) === undefined) return null;
    return await fromWire(received, definitions, wire.store);
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    wire.connection.logger.warn(
      { err: error, subject: received.subject },
      'a message that cannot be read is passed over',
    );
    return null;
  }
}
