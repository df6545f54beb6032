/** An agent service: assignments of one role, as many at a time as there is room for. Waiting takes no room. */
import { workConsumer } from '@modelwright/bus';
import { assignment } from '@modelwright/contracts';
import type { RunningService, ServiceContext } from '@modelwright/service';
import { scrubber } from '@modelwright/telemetry';
import { type AgentHandler, agentHandler } from './agent-handler.ts';
import type { AgentRole } from './agent-role.ts';
import { openWorkPlaces } from './candidate/work-place.ts';
import type { AgentConfig } from './models/agent-config.ts';
import { createPlayers } from './models/player.ts';

export async function serveAgent<Work>(
  role: AgentRole<Work>,
  context: ServiceContext<AgentConfig>,
): Promise<RunningService> {
  const { bus, config, leaving } = context;
  const handle = await openAgent(role, context);
  const options = { concurrency: config.AGENT_CONCURRENCY, signal: leaving };
  const consuming = bus.streams.consume(workConsumer(role.role), assignment, options, handle);
  return { drain: () => consuming };
}

/** What takes the role's assignments, for a service that does more with their messages than hand them to it. */
export async function openAgent<Work>(
  role: AgentRole<Work>,
  { bus, config, logger, leaving, worker }: ServiceContext<AgentConfig>,
): Promise<AgentHandler> {
  const places = await openWorkPlaces(config.home, `${role.role}-${worker.name}`);
  return agentHandler(role, {
    bus,
    logger,
    leaving,
    worker: `${worker.name}/${worker.process}`,
    places,
    players: createPlayers({ models: config.models, bus, logger }),
    scrub: scrubber(Object.values(config.models.keys).flatMap((key) => key ?? [])),
    cpus: config.AGENT_JOB_CPUS,
    now: Date.now,
  });
}
