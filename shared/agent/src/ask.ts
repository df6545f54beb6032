/** One turn of the model: what it may cost is judged and written down, then it is asked, then its reply is written down. */
import type { ToolCall } from '@modelwright/contracts';
import type { ModelRequest } from '@modelwright/llm';
import { handOver } from './close.ts';
import { condense } from './condense.ts';
import { clip } from './core/clip.ts';
import { condensation } from './core/condensation.ts';
import { failure } from './core/failure.ts';
import { limitOnAsking } from './core/limits.ts';
import { circles } from './core/loop-guard.ts';
import { statusOf } from './core/status.ts';
import { type Desk, demandOf } from './desk.ts';
import { inquire } from './inquire.ts';
import type { WorkEnd } from './work-end.ts';

const MOST_TEXT = 100_000;

export async function ask(desk: Desk, turn: number): Promise<WorkEnd | null> {
  const now = desk.ports.now();
  const { last } = desk.progress.stumbles;
  const shorter = condensation(desk.talk, now);
  if (shorter !== null) return condense(desk, shorter, { turn, now });
  if (desk.progress.stumbles.overflows > 0 && last !== null) return handOver(desk, last);
  const next = nextRequest(desk, now);
  if ('limit' in next) return handOver(desk, next.limit);
  const { request, status, wrapUp } = next;
  const about = { turn, purpose: 'turn' as const, status, ...(wrapUp ? { wrapUp } : {}), at: now };
  const inquiry = await inquire(desk, about, request);
  if (inquiry.kind === 'none') return inquiry.end;
  const { text, calls, usage, model, finish, opaque } = inquiry.reply;
  const recorded = await desk.append({
    type: 'reply',
    turn,
    text: clip(text, MOST_TEXT).toWellFormed(),
    // A call that was cut off half way may still look whole.
    calls: finish === 'stop' ? calls.map(wellFormed) : [],
    usage,
    model,
    finish,
    ...(opaque === null ? {} : { opaque }),
    at: desk.ports.now(),
  });
  if (!recorded) return { kind: 'lost' };
  desk.ports.logger.debug({ turn, calls: calls.map(({ name }) => name), finish, usage }, 'model replied');
  return null;
}

/** Half a character is not kept by those who store it. */
function wellFormed({ id, name, arguments: text }: ToolCall): ToolCall {
  return { id: id.toWellFormed(), name: name.toWellFormed(), arguments: text.toWellFormed() };
}

interface Next {
  readonly request: ModelRequest;
  readonly status: string;
  readonly wrapUp: boolean;
}

/** The next turn; the last one where there is room for no more; the limit that forbids even that. */
function nextRequest(desk: Desk, now: number): Next | { limit: ReturnType<typeof failure> } {
  const { agent, assignment, progress } = desk;
  const { grant } = assignment;
  const mayWrapUp = desk.endings.length > 0;
  const plain = requestFor(desk, now, false);
  const replies = mayWrapUp ? 2 : 1;
  const limit = limitOnAsking(progress, grant, demandOf(agent.model, plain.request, replies), now);
  if (progress.reply?.wrapUp === true) {
    return { limit: limit ?? failure('no-progress', 'its last turn handed nothing over') };
  }
  if (limit === null) return plain;
  // Who has done nothing yet has nothing to hand over, unless one turn is all that was meant.
  const tooLittle = progress.turns === 0 && limit.kind !== 'turns-spent';
  if (!mayWrapUp || tooLittle) return { limit };
  const last = requestFor(desk, now, true);
  const end = limitOnAsking(progress, grant, demandOf(agent.model, last.request, 1), now);
  return end === null ? last : { limit };
}

function requestFor(desk: Desk, now: number, wrapUp: boolean): Next {
  const { agent, assignment, progress, transcript, endings, watching } = desk;
  const status = statusOf({
    progress,
    grant: assignment.grant,
    now,
    endings,
    wrapUp,
    circles: circles(transcript, watching),
  });
  const tools = wrapUp ? agent.tools.filter(({ ends }) => ends) : agent.tools;
  const messages = [...desk.conversation(), { role: 'user' as const, text: status }];
  return { request: desk.request(messages, tools), status, wrapUp };
}
