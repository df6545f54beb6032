/**
 * A provider that thinks for no time, in a process of its own so that it takes none of the contestants'. The name of the
 * model says what it does: `look-5-20` makes five calls of the tool `look` in each of twenty answers, then calls `finish`.
 */
import { startProvider } from '@modelwright/llm/testing';

const provider = await startProvider({
  answer: ({ model, conversation: { messages } }) => {
    const [, calls = 0, turns = 0] = model.split('-').map(Number);
    const turn = messages.filter(({ role }) => role === 'assistant').length;
    if (turn >= turns) return { calls: [{ name: 'finish', args: {} }] };
    const looks = Array.from({ length: calls }, (_, n) => ({ name: 'look', args: { at: turn * calls + n } }));
    return { text: 'Looking.', calls: looks };
  },
  usage: () => ({ inputTokens: 2000, cachedTokens: 1920, outputTokens: 20 }),
});
process.stdout.write(`${provider.url}\n`);
