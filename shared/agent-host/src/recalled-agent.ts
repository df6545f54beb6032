/**
 * The agent of an assignment as it would be put together today, for whoever only wants to know what it is told: a replay.
 * Nothing is begun for it; its tools are there for their names and forms.
 */
import type { Agent } from '@modelwright/agent';
import type { Bus } from '@modelwright/bus';
import type { Assignment } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { AgentRole, Composition } from './agent-role.ts';
import { CandidateTree } from './candidate/candidate-tree.ts';
import { cardReader } from './data/data-card.ts';
import { jobDesk } from './jobs/job-desk.ts';
import { dataOf, told, workFor } from './told.ts';

export interface RecallHost {
  readonly bus: Bus;
  readonly logger: Logger;
  /** As the services have it. */
  readonly cpus: number;
  /** For a role that brings files: empty, and the caller's to remove. */
  readonly folder: string;
}

export type RecalledAgent = Pick<Agent, 'system' | 'brief' | 'tools'>;

export async function recalledAgent<Work>(
  role: AgentRole<Work>,
  assignment: Assignment,
  host: RecallHost,
): Promise<RecalledAgent> {
  const { brief: facts, tools } = await composed(role, assignment, host);
  const { prompt, brief } = told(role, facts);
  return { system: prompt.text, brief, tools };
}

async function composed<Work>(
  role: AgentRole<Work>,
  assignment: Assignment,
  { bus, logger, cpus, folder }: RecallHost,
): Promise<Composition> {
  const { store } = bus;
  const work = workFor(role, assignment);
  const jobs = jobDesk(bus, assignment.run, assignment.id);
  const bare = { assignment, work, jobs, store, cpus, logger };
  if (role.files === 'folder') return role.compose({ ...bare, folder });
  const seat = { ...bare, card: await cardReader(store)(dataOf(assignment.work).card) };
  if (role.files === 'none') return role.compose(seat);
  return role.compose({ ...seat, tree: new CandidateTree(store, folder, role.begins(work)) });
}
