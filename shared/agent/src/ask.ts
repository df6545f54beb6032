/** One turn of the model: what it may cost is written down, then it is asked, then its reply is written down. */
import { ModelFailure, type ModelReply, type ModelRequest } from '@modelwright/llm';
import { close, handOver } from './close.ts';
import { conversation } from './core/conversation.ts';
import { limitOnAsking } from './core/limits.ts';
import type { Desk } from './desk.ts';
import type { WorkEnd } from './work-end.ts';

/** The longest that a timer can be set to, milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export async function ask(desk: Desk, turn: number): Promise<WorkEnd | null> {
  const { agent, assignment, ports } = desk;
  const request: ModelRequest = {
    system: agent.system,
    messages: conversation(agent.brief, desk.transcript),
    tools: agent.tools.map((tool) => tool.spec),
    seed: assignment.seed,
    cacheKey: `${assignment.run}:${assignment.work.role}`,
  };
  const ceilingMicroUsd = agent.model.ceiling(request);
  const limit = limitOnAsking(desk.progress, assignment.grant, ceilingMicroUsd, ports.now());
  if (limit !== null) return handOver(desk, limit);
  if (
    !(await desk.append({
      type: 'intent',
      turn,
      ceilingMicroUsd,
      purpose: 'turn',
      status: '',
      at: ports.now(),
    }))
  )
    return { kind: 'lost' };
  const reply = await replyTo(desk, request);
  if (reply === 'too-late') return null;
  if ('failure' in reply) return close(desk, { status: 'failed', failure: reply.failure });
  const { text, calls, usage, model, finish, opaque } = reply;
  const recorded = await desk.append({
    type: 'reply',
    turn,
    text,
    calls: [...calls],
    usage,
    model,
    finish,
    ...(opaque === null ? {} : { opaque }),
    at: ports.now(),
  });
  if (!recorded) return { kind: 'lost' };
  ports.logger.debug({ turn, calls: calls.map((call) => call.name), usage }, 'model replied');
  return null;
}

/** `too-late` when the deadline passed meanwhile: the next step will find so. A failure that may pass is thrown. */
async function replyTo(desk: Desk, request: ModelRequest): Promise<ModelReply | ModelFailure | 'too-late'> {
  const left = desk.assignment.grant.deadline - desk.ports.now();
  const deadline = AbortSignal.timeout(Math.min(Math.max(left, 0), LONGEST_TIMER));
  try {
    return await desk.agent.model.complete(request, deadline);
  } catch (error) {
    if (deadline.aborted) return 'too-late';
    if (error instanceof ModelFailure && !error.failure.retryable) return error;
    throw error;
  }
}
