/** How one would do it with nothing but the `openai` package: ask, run the tools, ask again. Nothing is written down. */
import OpenAI from 'openai';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { BRIEF, lookArguments, MOST_OUTPUT_TOKENS, SYSTEM, seen, TOOLS } from './prompt.ts';

const tools: ChatCompletionTool[] = TOOLS.map(({ name, description, args }) => ({
  type: 'function',
  function: { name, description, parameters: z.toJSONSchema(args) },
}));

interface Called {
  id: string;
  name: string;
  arguments: string;
}

interface Said {
  readonly text: string;
  readonly calls: readonly Called[];
}

export class BareClient {
  readonly #client: OpenAI;
  readonly #model: string;

  constructor(url: string, model: string) {
    this.#client = new OpenAI({ baseURL: url, apiKey: 'none', maxRetries: 0 });
    this.#model = model;
  }

  /** One answer, streamed and put together. */
  async ask(messages: readonly ChatCompletionMessageParam[]): Promise<Said> {
    const stream = await this.#client.chat.completions.create({
      model: this.#model,
      messages: [...messages],
      tools,
      max_completion_tokens: MOST_OUTPUT_TOKENS,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    const calls: Called[] = [];
    for await (const { choices } of stream) {
      const delta = choices[0]?.delta;
      text += delta?.content ?? '';
      for (const { index, id, function: part } of delta?.tool_calls ?? []) {
        const call = calls[index] ?? { id: '', name: '', arguments: '' };
        calls[index] = call;
        call.id += id ?? '';
        call.name += part?.name ?? '';
        call.arguments += part?.arguments ?? '';
      }
    }
    return { text, calls };
  }

  /** Until it calls `finish`. @returns how many answers there were. */
  async work(): Promise<number> {
    const messages: ChatCompletionMessageParam[] = opening();
    for (let turn = 1; ; turn += 1) {
      const { text, calls } = await this.ask(messages);
      if (calls.some(({ name }) => name === 'finish')) return turn;
      const made = calls.map(({ id, name, arguments: args }) => ({
        id,
        type: 'function' as const,
        function: { name, arguments: args },
      }));
      messages.push({ role: 'assistant', content: text, tool_calls: made });
      for (const call of calls) {
        const { at } = lookArguments.parse(JSON.parse(call.arguments));
        messages.push({ role: 'tool', tool_call_id: call.id, content: seen(at) });
      }
    }
  }
}

export const opening = (): ChatCompletionMessageParam[] => [
  { role: 'system', content: SYSTEM },
  { role: 'user', content: BRIEF },
];
