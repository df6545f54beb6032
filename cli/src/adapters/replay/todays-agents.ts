/**
 * The agents of a run as today's program would put them together. What their tools would call is not there: a replay answers
 * for them.
 */
import { type RecalledAgent, type RecallHost, recalledAgent } from '@modelwright/agent-host';
import { coder } from '@modelwright/coder/role';
import { type AgentRoleName, type Assignment, agentRole } from '@modelwright/contracts';
import { designer, publicWeb } from '@modelwright/designer/role';
import type { WebSettings } from '@modelwright/llm';
import { aggregator, managerAgent, setupAgent } from '@modelwright/manager/role';
import { tuner } from '@modelwright/tuner/role';

export interface Site extends Omit<RecallHost, 'folder'> {
  /** What the services are configured to read of the web: it decides which tools a designer has. */
  readonly web: WebSettings;
}

/** Null for the manager's own programs, which no model plays. */
export function todaysAgent(
  assignment: Assignment,
  { web, ...host }: Site,
  folder: string,
): Promise<RecalledAgent | null> {
  const role = agentRole.safeParse(assignment.work.role);
  return role.success ? RECALL[role.data](assignment, { ...host, folder }, web) : Promise.resolve(null);
}

const notCalled = () => Promise.reject(new Error('a replay calls no tool'));
const scratch = { use: notCalled };
const scores = { of: notCalled };
const harness = {
  blend: notCalled,
  check: notCalled,
  prepare: notCalled,
  profile: notCalled,
  survey: notCalled,
};

type Recall = (assignment: Assignment, host: RecallHost, web: WebSettings) => Promise<RecalledAgent>;

const RECALL: Readonly<Record<AgentRoleName, Recall>> = {
  setup: (assignment, host) => {
    const role = setupAgent({ store: host.bus.store, harness, scratch });
    return recalledAgent(role, assignment, host);
  },
  manager: (assignment, host) => {
    const role = managerAgent({ streams: host.bus.streams, scratch });
    return recalledAgent(role, assignment, host);
  },
  designer: (assignment, host, web) => recalledAgent(designer(publicWeb(web)), assignment, host),
  coder: (assignment, host) => recalledAgent(coder, assignment, host),
  tuner: (assignment, host) => recalledAgent(tuner(scores), assignment, host),
  aggregator: (assignment, host) => recalledAgent(aggregator({ harness, scores, scratch }), assignment, host),
};
