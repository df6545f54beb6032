/**
 * Where an engineer answers by hand. Each request becomes a folder `<role>-<conversation>/<turn>-<request>/` with
 *
 *     news.md       what was said since the last reply
 *     request.md    all of it
 *     request.json  the body as it came
 *
 * and is answered when `answer.json` is there (answer-file.ts). A request that comes again, after a time-out or a crash, is
 * the same folder and has the same answer. What is left of the limits is not part of a request's name.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '@modelwright/llm';
import type { ProviderRequest } from '@modelwright/llm/testing';
import { z } from 'zod';
import { withoutStatus } from '../without-status.ts';
import { ANSWER_FILE, type Answer, readAnswer } from './answer-file.ts';
import { newsText, requestText } from './request-text.ts';

const LOOK_AGAIN_MS = 200;

/** @param said Hears of every request that waits, and of every answer that makes no sense. */
export async function answerByHand(
  folder: string,
  request: ProviderRequest,
  said: (line: string) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const name = folderName(request);
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'request.json'), `${JSON.stringify(request.body, null, 1)}\n`);
  await writeFile(join(place, 'request.md'), requestText(request));
  await writeFile(join(place, 'news.md'), newsText(request.conversation.messages));
  said(`waits: ${name}`);
  let refused = '';
  for (;;) {
    const text = await readFile(join(place, ANSWER_FILE), 'utf8').catch(absent);
    if (text !== null && text !== refused) {
      const answer = await readAnswer(place, text).catch((error: Error) => error);
      if (!(answer instanceof Error)) return answer;
      refused = text;
      said(`no answer: ${name}: ${answer.message}`);
    }
    await pause(LOOK_AGAIN_MS, undefined, { signal });
  }
}

const named = z.object({ prompt_cache_key: z.string() });

export function folderName({ body, conversation: { system, messages } }: ProviderRequest): string {
  // Requests of one role in one run share a key, `<run>:<role>`.
  const role = named.safeParse(body).data?.prompt_cache_key.split(':').at(-1) ?? 'agent';
  const settled = withoutStatus(messages);
  const brief = settled.find((message) => message.role === 'user');
  const conversation = digest([system, brief?.text.trimEnd()]);
  const turn = messages.filter((message) => message.role === 'assistant').length + 1;
  return join(`${role}-${conversation}`, `${String(turn).padStart(2, '0')}-${digest(settled)}`);
}

const digest = (what: ReadonlyArray<Message | string | undefined>) =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 8);

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
