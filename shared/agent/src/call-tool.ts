/** One call of a tool: run, its files stored, its result written down. */
import { agentJobId, type WaitCondition } from '@modelwright/contracts';
import { close, handOver } from './close.ts';
import { clip } from './core/clip.ts';
import { lastCall, limitOnTime } from './core/limits.ts';
import { REPEATS, repeats, turnEnder } from './core/loop-guard.ts';
import type { PendingCall } from './core/next-step.ts';
import { stepTitle } from './core/step-title.ts';
import type { Desk } from './desk.ts';
import { type Call, failed, type ToolOutcome, type ToolResult } from './tool.ts';
import type { WorkEnd } from './work-end.ts';

/** What a tool does not shorten by itself is shortened here. */
const MOST_CONTENT = 100_000;

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
  const { agent, assignment, ports, progress, transcript, watching } = desk;
  const ender = turnEnder(transcript, watching);
  if (ender !== null) {
    return Promise.resolve(
      failed(`Not run: ${ender.name} before it has had the same answer ${REPEATS.fail} times.`),
    );
  }
  const offered = progress.reply?.wrapUp === true ? agent.tools.filter(({ ends }) => ends) : agent.tools;
  const tool = offered.find(({ spec }) => spec.name === next.call.name);
  if (tool === undefined) {
    const names = offered.map(({ spec }) => spec.name).join(', ');
    return Promise.resolve(failed(`There is no tool "${next.call.name}" here. The tools are: ${names}.`));
  }
  const { turn, index, at } = next;
  const jobId = agentJobId(assignment.id, turn, index);
  const call: Call = { assignment, turn, index, jobId, at, now: ports.now(), transcript };
  return next.waited ? tool.resume(next.call.arguments, call) : tool.run(next.call.arguments, call);
}

async function record(desk: Desk, next: PendingCall, result: ToolResult): Promise<WorkEnd | null> {
  const { turn, index, call, at } = next;
  const saved = (await desk.ports.tree?.save(stepTitle(desk.assignment, turn, call.name), at)) ?? null;
  const refused = saved?.kind === 'refused' ? failed(`${call.name} was undone: ${saved.reason}`) : null;
  const told = refused ?? result;
  const content = clip(told.content, MOST_CONTENT).toWellFormed();
  const version = saved?.kind === 'saved' ? saved.version : desk.progress.version;
  const now = desk.ports.now();
  const hasFailed = told.failed === true || isStuck(desk, next, content);
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

/** What is said again and again achieves nothing, whatever it says. */
function isStuck({ transcript, watching }: Desk, { call }: PendingCall, content: string): boolean {
  if (watching.has(call.name)) return false;
  const { name, arguments: text } = call;
  return repeats(transcript, { name, arguments: text, content }) + 1 >= REPEATS.fail;
}

async function park(desk: Desk, next: PendingCall, wanted: WaitCondition): Promise<WorkEnd | null> {
  const { ports, progress } = desk;
  const now = ports.now();
  const latest = waitsUntil(desk);
  if (now >= latest) {
    return record(desk, next, failed(`${next.call.name}: there is no time left to wait any longer.`));
  }
  const condition = { jobs: wanted.jobs, until: Math.min(wanted.until ?? latest, latest) };
  const stop = progress.stops + 1;
  const { turn, index: call } = next;
  if (!(await desk.append({ type: 'parked', turn, call, stop, condition, at: now }))) return { kind: 'lost' };
  ports.logger.info({ turn, stop, jobs: condition.jobs }, `waiting for ${condition.jobs.join(', ')}`);
  await ports.inbox.parked(stop, condition);
  return { kind: 'parked', stop };
}

/** So that there is time for a last turn afterwards, unless this is it. */
function waitsUntil({ assignment, progress, endings }: Desk): number {
  const hasLastTurn = endings.length > 0 && progress.reply?.wrapUp !== true;
  return hasLastTurn ? lastCall(progress, assignment.grant) : assignment.grant.deadline;
}
