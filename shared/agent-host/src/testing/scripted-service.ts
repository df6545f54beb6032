/** A service of one role with a model of one's own choice in place of the playbook. */
import { type Bus, workConsumer } from '@modelwright/bus';
import { assignment } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import { type Logger, scrubber } from '@modelwright/telemetry';
import { agentHandler } from '../agent-handler.ts';
import type { AgentRole } from '../agent-role.ts';
import { openWorkPlaces } from '../candidate/work-place.ts';

export interface ScriptedService {
  readonly bus: Bus;
  readonly logger: Logger;
  /** State folder. */
  readonly home: string;
  readonly name: string;
  readonly model: Model;
  /** By default the system's clock. */
  now?(): number;
}

/** Consumes until the signal; resolves when what is in hand was handed over. */
export async function serveScripted<Work>(
  role: AgentRole<Work>,
  { bus, logger, home, name, model, now = Date.now }: ScriptedService,
  leaving: AbortSignal,
): Promise<void> {
  const places = await openWorkPlaces(home, name);
  const host = {
    bus,
    logger,
    leaving,
    worker: name,
    places,
    players: () => model,
    scrub: scrubber([]),
    cpus: 1,
    now,
  };
  const options = { concurrency: 20, signal: leaving };
  await bus.streams.consume(workConsumer(role.role), assignment, options, agentHandler(role, host));
}
