/**
 * One request to the model: what it may cost is written down, then it is asked, then its answer or the lack of one is written
 * down by whoever asked. An answer that is lost is paid for all the same, and asked for anew under a new intent.
 */
import { ModelFailure, type ModelReply, type ModelRequest } from '@modelwright/llm';
import { canonicalHash } from './canonical-hash.ts';
import { handOver } from './close.ts';
import { failure } from './core/failure.ts';
import { lastCall } from './core/limits.ts';
import type { Intent } from './core/spending.ts';
import type { Desk } from './desk.ts';
import type { WorkEnd } from './work-end.ts';

/** The longest that a timer can be set to, milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export type Inquiry =
  | { readonly kind: 'reply'; readonly reply: ModelReply }
  /** Null: what comes next is for the transcript to say. */
  | { readonly kind: 'none'; readonly end: WorkEnd | null };

export type Purpose = Pick<Intent, 'turn' | 'purpose' | 'status' | 'wrapUp' | 'at'>;

export async function inquire(desk: Desk, purpose: Purpose, request: ModelRequest): Promise<Inquiry> {
  const { model } = desk.agent;
  const { system, messages, tools } = request;
  const intent: Intent = {
    type: 'intent',
    ...purpose,
    ceilingMicroUsd: model.ceiling(request),
    estimate: model.estimate(request),
    request: canonicalHash({ system, messages, tools }),
  };
  if (!(await desk.append(intent))) return { kind: 'none', end: { kind: 'lost' } };
  const reply = await replyTo(desk, request, intent.at);
  if (!(reply instanceof ModelFailure)) return { kind: 'reply', reply };
  return { kind: 'none', end: await unanswered(desk, intent, reply) };
}

/** A failure that is none of the model's is thrown. */
async function replyTo(desk: Desk, request: ModelRequest, now: number): Promise<ModelReply | ModelFailure> {
  const left = desk.assignment.grant.deadline - now;
  const deadline = AbortSignal.timeout(Math.min(Math.max(left, 0), LONGEST_TIMER));
  try {
    return await desk.agent.model.complete(request, deadline);
  } catch (error) {
    if (error instanceof ModelFailure) return error;
    if (!deadline.aborted) throw error;
    const late = failure('deadline-passed', 'the deadline passed before the model had answered');
    return new ModelFailure(late, { charge: 'ceiling' });
  }
}

async function unanswered(desk: Desk, intent: Intent, why: ModelFailure): Promise<WorkEnd | null> {
  const free = why.charge === 'none';
  const recorded = await desk.append({
    type: 'unanswered',
    turn: intent.turn,
    failure: why.failure,
    ...(free ? { free } : {}),
    ...(why.retryAt === null ? {} : { retryAt: why.retryAt }),
    microUsd: free ? 0 : intent.ceilingMicroUsd,
    model: why.model ?? desk.agent.model.name,
    at: desk.ports.now(),
  });
  if (!recorded) return { kind: 'lost' };
  const { kind, message, retryable } = why.failure;
  desk.ports.logger.warn({ turn: intent.turn, failure: kind, charge: why.charge }, `no answer: ${message}`);
  // The limits end what is late, and what is too long is shortened first.
  if (kind === 'deadline-passed' || kind === 'context-overflow') return null;
  if (!retryable || isTooLate(desk, why.retryAt)) return handOver(desk, why.failure);
  // Whoever cannot be reached has been tried for as long as makes sense without leaving.
  if (free || why.retryAt !== null) return { kind: 'later', at: why.retryAt, reason: message };
  return null;
}

/** Nobody will have answered in time: whoever can do without a model should begin now, and not at the deadline. */
function isTooLate({ assignment, progress }: Desk, retryAt: number | null): boolean {
  return retryAt !== null && retryAt >= lastCall(progress, assignment.grant);
}
