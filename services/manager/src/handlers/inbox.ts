/**
 * One message to one run: load, decide, append, perform, ack.
 *
 * Safe at any instruction. Before the append nothing has happened. After it the message is delivered again, is found
 * to be the cause of a record, and that record's stored effects are performed again: nothing is decided twice.
 */
import { type Delivery, DONE, TransientFailure, type Verdict } from '@modelwright/bus';
import type { InboxMessage, RunId, RunRecord } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { Effects } from '../adapters/effects.ts';
import type { ReadLog, RunLogs } from '../adapters/run-logs.ts';
import { decide } from '../core/decide.ts';

export interface InboxPorts {
  readonly logs: RunLogs;
  readonly effects: Effects;
  readonly logger: Logger;
  readonly now: () => number;
}

export function inboxHandler(ports: InboxPorts): (delivery: Delivery<InboxMessage>) => Promise<Verdict> {
  return async ({ body, envelope }) => {
    const { run } = body;
    const read = await ports.logs.load(run);
    const known = read.log.causes[envelope.messageId];
    if (known !== undefined) {
      const record = await ports.logs.record(run, known);
      await perform(ports, run, read, record);
      return DONE;
    }
    const now = ports.now();
    const decision = decide(read.log.state, body, now);
    if (decision === null) return DONE;
    const record: RunRecord = {
      previous: read.log.last,
      cause: { messageId: envelope.messageId, type: body.type, message: body },
      at: now,
      reason: decision.reason,
      events: [...decision.events],
      effects: [...decision.effects],
    };
    const appended = await ports.logs.append(run, read, record);
    if (appended === null)
      throw new TransientFailure('log-moved', `another manager decided for ${run} first`);
    ports.logger.info({ run, cause: body.type, effects: record.effects.length }, record.reason);
    await perform(ports, run, appended, record);
    return DONE;
  };
}

async function perform(ports: InboxPorts, run: RunId, { log }: ReadLog, record: RunRecord): Promise<void> {
  const assigned = log.state.stage === 'open' ? log.state.assigned : {};
  await ports.effects.perform(record.effects, { run, cause: record.cause.messageId, assigned });
}
