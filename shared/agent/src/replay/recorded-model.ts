/** A model that answers as it is recorded, and of whose price and size only so much is known. */
import type { TurnRecord, Usage } from '@modelwright/contracts';
import { type Model, ModelFailure, type ModelReply, type ModelRequest } from '@modelwright/llm';
import { RecordEnds, type Recording } from './recording.ts';

/** More than any grant. */
const TOO_MUCH = Number.MAX_SAFE_INTEGER / 8;
const NOTHING = { inputTokens: 0, outputTokens: 0 };

export function recordedModel(recording: Recording): Model {
  return {
    get name() {
      const { next } = recording;
      return next !== null && 'model' in next ? next.model : '';
    },
    get contextTokens() {
      return recording.next?.type === 'taken' ? (recording.next.room ?? null) : null;
    },
    ceiling: (request) => {
      const { next } = recording;
      return ranOutOfTokens(next) ? 0 : (intentFor(request, next)?.ceilingMicroUsd ?? TOO_MUCH);
    },
    estimate: (request) => {
      if (recording.next?.type === 'taken') return NOTHING;
      const intent = intentFor(request, recording.next);
      return intent === null ? { ...NOTHING, outputTokens: TOO_MUCH } : (intent.estimate ?? NOTHING);
    },
    complete: async () => answer(recording.next),
  };
}

/** The intent that comes next, if this is its request. Any other that was thought of instead was too dear. */
function intentFor({ messages }: ModelRequest, next: TurnRecord | null) {
  if (next?.type !== 'intent') return null;
  const last = messages.at(-1);
  const isIts = next.wrapUp !== true || (last?.role === 'user' && last.text === next.status);
  return isIts ? next : null;
}

function ranOutOfTokens(next: TurnRecord | null): boolean {
  const outcome = next?.type === 'finished' ? next.final.outcome : null;
  return outcome?.status === 'failed' && outcome.failure.kind === 'tokens-spent';
}

const FREE: Usage = { ...NOTHING, cachedTokens: 0, reasoningTokens: 0, microUsd: 0, priced: true };

function answer(next: TurnRecord | null): ModelReply {
  if (next?.type === 'reply') {
    const { text, calls, usage, model, finish, opaque = null } = next;
    return { text, calls, usage, model, finish, opaque };
  }
  if (next?.type === 'condensed') {
    const { summary: text, usage, model } = next;
    return { text, calls: [], usage: usage ?? FREE, model, finish: 'stop', opaque: null };
  }
  // One that was interrupted is written down by who comes next.
  if (next?.type === 'unanswered' && next.failure.kind !== 'interrupted') {
    const { failure, free, model, retryAt } = next;
    const charge = free === true ? 'none' : 'ceiling';
    throw new ModelFailure(failure, { charge, model, ...(retryAt === undefined ? {} : { retryAt }) });
  }
  throw new RecordEnds();
}
