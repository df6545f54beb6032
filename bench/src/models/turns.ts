/**
 * Turns of an agent: ours writes intent, reply and every tool's result into JetStream before the next step depends on it;
 * the bare client keeps them in memory.
 */
import { type Agent, defineTool, type Ports, succeeded, type Tool, work } from '@modelwright/agent';
import { sampleAssignment } from '@modelwright/agent/testing';
import { busTranscript } from '@modelwright/agent-host';
import type { Bus } from '@modelwright/bus';
import type { Model } from '@modelwright/llm';
import { samplePlan } from '@modelwright/llm/testing';
import type { Logger } from '@modelwright/telemetry';
import type { Contest, Round } from '../contest.ts';
import type { BareClient } from './bare-client.ts';
import { BRIEF, SYSTEM, seen, TOOLS } from './prompt.ts';

const [look, finish] = TOOLS;

const tools: Tool[] = [
  defineTool({ ...look, run: ({ at }) => Promise.resolve(succeeded(seen(at))) }),
  defineTool({
    ...finish,
    ends: true,
    run: () =>
      Promise.resolve({
        kind: 'final',
        content: 'finished',
        result: { role: 'designer', plans: [samplePlan] },
      }),
  }),
];

export interface Table {
  readonly bus: Bus;
  readonly logger: Logger;
  newId(): string;
}

export interface Players {
  readonly model: Model;
  readonly client: BareClient;
}

export function turnsContest(name: string, { model, client }: Players, table: Table): Contest {
  const agent: Agent = { model, system: SYSTEM, brief: BRIEF, tools };
  return {
    name,
    ours: () => timed(() => workThrough(agent, table)),
    raw: () => timed(() => client.work()),
  };
}

/** @param turns Does the turns, and says how many there were. */
async function timed(turns: () => Promise<number>): Promise<Round> {
  const began = performance.now();
  const count = await turns();
  return { count, milliseconds: performance.now() - began, each: [] };
}

async function workThrough(agent: Agent, { bus, logger, newId }: Table): Promise<number> {
  const assignment = {
    ...sampleAssignment,
    id: newId(),
    grant: { ...sampleAssignment.grant, turns: 1000, microUsd: 1e12 },
  };
  const ports: Ports = {
    transcript: busTranscript(bus.streams, assignment),
    tree: null,
    inbox: { parked: () => Promise.resolve(), finished: () => Promise.resolve() },
    control: () => Promise.resolve({ state: 'open', reason: '' }),
    now: Date.now,
    worker: 'bench',
    logger,
  };
  const end = await work({ assignment, agent }, ports, new AbortController().signal);
  if (end.kind !== 'finished' || end.final.outcome.status !== 'done')
    throw new Error(`the work did not end well: ${JSON.stringify(end)}`);
  return end.final.spent.turns;
}
