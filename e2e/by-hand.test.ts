/** The endpoint behind which an engineer answers by hand. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProvider } from '@modelwright/llm/testing';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerByHand } from './support/by-hand/desk.ts';

const completion = z.object({
  choices: z.tuple([
    z.object({
      message: z.object({
        content: z.string(),
        tool_calls: z.array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) })),
      }),
    }),
  ]),
});

const tools = [
  { type: 'function', function: { name: 'write_file', description: 'Writes.', parameters: {} } },
];
const asked = (left: string) => ({
  model: 'hand',
  prompt_cache_key: 'r1:coder',
  messages: [
    { role: 'system', content: 'Be a coder.' },
    { role: 'user', content: 'Make a model.' },
    { role: 'user', content: left },
  ],
  tools,
});

async function desk() {
  const folder = await temporaryFolder('modelwright-by-hand-');
  const leaving = new AbortController();
  const said: string[] = [];
  const hear = (line: string) => said.push(line);
  const provider = await startProvider({
    answer: (request) => answerByHand(folder.path, request, hear, leaving.signal),
  });
  const ask = async (left: string) => {
    const response = await fetch(`${provider.url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(asked(left)),
    });
    return completion.parse(await response.json()).choices[0].message;
  };
  return {
    said,
    ask,
    /** Where the one request waits. */
    place: async () => {
      await expect.poll(() => said).toContainEqual(expect.stringContaining('waits: coder-'));
      const paths = await readdir(folder.path, { recursive: true });
      return join(folder.path, paths.find((path) => path.endsWith('news.md')) ?? '', '..');
    },
    async [Symbol.asyncDispose]() {
      leaving.abort();
      await provider[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('an engineer who answers by hand', () => {
  it('reads the request as text, and answers with files beside the answer', async () => {
    await using by = await desk();
    const reply = by.ask('[Limits: 3 turns left.]');
    const place = await by.place();
    expect(await readFile(join(place, 'request.md'), 'utf8')).toMatch(
      /Be a coder\..*### write_file.*Make a model\./s,
    );
    expect(await readFile(join(place, 'news.md'), 'utf8')).toContain('[Limits: 3 turns left.]');
    await writeFile(join(place, 'model.py'), 'print("one")\n');
    const call = { name: 'write_file', args: { path: 'model.py', content: { $file: 'model.py' } } };
    await writeFile(join(place, 'answer.json'), JSON.stringify({ text: 'Done.', calls: [call] }));
    const { content, tool_calls } = await reply;
    expect(content).toBe('Done.');
    expect(JSON.parse(tool_calls[0]?.function.arguments ?? '')).toEqual({
      path: 'model.py',
      content: 'print("one")\n',
    });
  });

  it('is told when the answer makes no sense, and may write it again', async () => {
    await using by = await desk();
    const reply = by.ask('[Limits: 3 turns left.]');
    const place = await by.place();
    await writeFile(join(place, 'answer.json'), '{ "calls": "none" }');
    await expect.poll(() => by.said).toContainEqual(expect.stringContaining('no answer: '));
    await writeFile(join(place, 'answer.json'), '{ "text": "Better.", "calls": [{ "name": "look" }] }');
    expect((await reply).content).toBe('Better.');
  });

  it('answers once what is asked again, whatever is left of the limits', async () => {
    await using by = await desk();
    const first = by.ask('[Limits: 3 turns left.]');
    const place = await by.place();
    await writeFile(join(place, 'answer.json'), '{ "text": "Once.", "calls": [{ "name": "look" }] }');
    expect((await first).content).toBe('Once.');
    expect((await by.ask('[Limits: 2 turns left.]')).content).toBe('Once.');
  });
});
