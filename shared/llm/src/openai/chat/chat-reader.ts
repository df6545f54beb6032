/** Puts an answer together from what servers send for Chat Completions. */
import type { JsonValue } from '../../model.ts';
import { BoundedText } from '../bounded-text.ts';
import { MOST_TEXT, shortened } from '../reply-limits.ts';
import { withoutThoughts } from '../text-parts.ts';
import { type AnswerReader, BrokenReply, type WireAnswer, type WireUsage } from '../wire-api.ts';
import { CallAssembly } from './call-assembly.ts';
import { counted } from './chat-counted.ts';
import { chatEvent, type Said } from './chat-event.ts';
import { joined, type ReasoningDetail } from './reasoning-details.ts';

export class ChatReader implements AnswerReader {
  readonly #text = new BoundedText(MOST_TEXT);
  readonly #refusal = new BoundedText(MOST_TEXT);
  readonly #reasoning = new BoundedText(MOST_TEXT);
  #details: ReasoningDetail[] = [];
  readonly #calls = new CallAssembly();
  #finish: string | null = null;
  #usage: WireUsage | null = null;
  #begun = false;

  take(event: unknown): void {
    const read = chatEvent.safeParse(event);
    if (!read.success) throw new BrokenReply('an event is none of Chat Completions', { cause: read.error });
    const { choices, usage } = read.data;
    for (const choice of choices ?? []) {
      if ((choice.index ?? 0) !== 0) continue;
      const said = choice.delta ?? choice.message;
      if (said != null) this.#hear(said);
      // An empty string is no reason, though some send one with every chunk.
      if (choice.finish_reason) this.#finish = choice.finish_reason;
    }
    if (usage != null) this.#usage = counted(usage) ?? this.#usage;
  }

  get begun(): boolean {
    return this.#begun;
  }

  get complete(): boolean {
    return this.#finish !== null && this.#finish !== 'error';
  }

  answer(): WireAnswer {
    // Servers that know no reason to finish still count at the end.
    const ended = this.complete || (this.#finish === null && this.#begun && this.#usage !== null);
    if (!ended) throw new BrokenReply('the reply ended before it was complete');
    const finish = this.#cut ? 'length' : this.#refusal.text !== '' ? 'refused' : finishOf(this.#finish);
    const text = this.#refusal.text === '' ? withoutThoughts(this.#text.text) : this.#refusal.text;
    return {
      text: this.#cut ? shortened(text) : text,
      calls: this.#calls.calls,
      finish,
      opaque: this.#opaque(),
      usage: this.#usage,
    };
  }

  #hear(said: Said): void {
    this.#text.add(said.content ?? '');
    this.#refusal.add(said.refusal ?? '');
    this.#reasoning.add(said.reasoning_content ?? '');
    for (const detail of said.reasoning_details ?? []) this.#details = joined(this.#details, detail);
    this.#calls.add(said.tool_calls ?? []);
    this.#begun ||= [said.content, said.refusal, said.reasoning_content, said.reasoning].some(Boolean);
    this.#begun ||= (said.tool_calls ?? []).length > 0;
  }

  get #cut(): boolean {
    return this.#text.cut || this.#refusal.cut || this.#calls.cut;
  }

  #opaque(): JsonValue | null {
    const opaque: Record<string, JsonValue> = {};
    if (this.#reasoning.text !== '') opaque['reasoning_content'] = this.#reasoning.text;
    if (this.#details.length > 0) opaque['reasoning_details'] = this.#details;
    if (this.#calls.extras.some((extra) => extra !== null)) opaque['extra_content'] = this.#calls.extras;
    return Object.keys(opaque).length === 0 ? null : opaque;
  }
}

function finishOf(reason: string | null): WireAnswer['finish'] {
  switch (reason) {
    case 'length':
    case 'max_tokens':
    case 'model_length':
      return 'length';
    case 'content_filter':
    case 'safety':
    case 'refusal':
      return 'refused';
    default:
      return 'stop';
  }
}
