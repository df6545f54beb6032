/** One call of a tool: run, its files stored, its result written down. */
import { agentJobId, type WaitCondition } from '@modelwright/contracts';
import { close, handOver } from './close.ts';
import { limitOnTime } from './core/limits.ts';
import type { PendingCall } from './core/next-step.ts';
import type { Desk } from './desk.ts';
import { type Call, failed, type ToolOutcome, type ToolResult } from './tool.ts';
import type { WorkEnd } from './work-end.ts';

export async function callTool(desk: Desk, next: PendingCall): Promise<WorkEnd | null> {
  const late = limitOnTime(desk.assignment.grant, desk.ports.now());
  if (late !== null) return handOver(desk, late);
  await desk.prepareTree();
  const outcome = await outcomeOf(desk, next);
  switch (outcome.kind) {
    case 'result':
      return record(desk, next, outcome);
    case 'wait':
      return park(desk, next, outcome.condition);
    case 'final':
      desk.ports.logger.info({ tool: next.call.name }, outcome.content);
      return close(desk, { status: 'done', result: outcome.result });
  }
}

function outcomeOf(desk: Desk, next: PendingCall): Promise<ToolOutcome> {
  const { agent, assignment, ports } = desk;
  const tool = agent.tools.find(({ spec }) => spec.name === next.call.name);
  if (tool === undefined) {
    const names = agent.tools.map(({ spec }) => spec.name).join(', ');
    return Promise.resolve(failed(`There is no tool "${next.call.name}". The tools are: ${names}.`));
  }
  const { turn, index, at } = next;
  const jobId = agentJobId(assignment.id, turn, index);
  const call: Call = { assignment, turn, index, jobId, at, now: ports.now(), transcript: desk.transcript };
  return next.waited ? tool.resume(next.call.arguments, call) : tool.run(next.call.arguments, call);
}

async function record(desk: Desk, next: PendingCall, result: ToolResult): Promise<WorkEnd | null> {
  const { turn, index, call, at } = next;
  const saved = (await desk.ports.tree?.save(`Turn ${turn}: ${call.name}`, at)) ?? null;
  const refused = saved?.kind === 'refused' ? failed(`${call.name} was undone: ${saved.reason}`) : null;
  const { content, failed: hasFailed = false } = refused ?? result;
  const version = saved?.kind === 'saved' ? saved.version : desk.progress.version;
  const now = desk.ports.now();
  const recorded = await desk.append({
    type: 'result',
    turn,
    call: index,
    content,
    failed: hasFailed,
    version,
    at: now,
  });
  if (!recorded) return { kind: 'lost' };
  desk.ports.logger.debug(
    { turn, tool: call.name, failed: hasFailed, commit: version?.commit },
    'tool answered',
  );
  return null;
}

async function park(desk: Desk, next: PendingCall, wanted: WaitCondition): Promise<WorkEnd> {
  const { assignment, ports, progress } = desk;
  const { deadline } = assignment.grant;
  const condition = { jobs: wanted.jobs, until: Math.min(wanted.until ?? deadline, deadline) };
  const stop = progress.stops + 1;
  const { turn, index: call } = next;
  if (!(await desk.append({ type: 'parked', turn, call, stop, condition, at: ports.now() })))
    return { kind: 'lost' };
  ports.logger.info({ turn, stop, jobs: condition.jobs }, `waiting for ${condition.jobs.join(', ')}`);
  await ports.inbox.parked(stop, condition);
  return { kind: 'parked', stop };
}
