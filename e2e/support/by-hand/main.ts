/**
 * A provider of language models whose answers an engineer writes by hand.
 *
 *     node e2e/support/by-hand/main.ts --folder ./by-hand --port 8123
 *
 * Point a model of `modelwright.yaml` at it, with a long breath:
 *
 *     models:
 *       hand: { base_url: http://127.0.0.1:8123/v1, api: chat, key_env: none, idle_seconds: 3600, timeout_seconds: 86400,
 *               price: { input: 1, output: 4 } }
 *
 * Every request waits in a folder until `answer.json` is there; desk.ts says how both look.
 */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startProvider } from '@modelwright/llm/testing';
import { answerByHand } from './desk.ts';

const { values } = parseArgs({
  options: { folder: { type: 'string', default: 'by-hand' }, port: { type: 'string', default: '8123' } },
});
const folder = resolve(values.folder);
const leaving = new AbortController();
const say = (line: string) => process.stdout.write(`${line}\n`);

await using provider = await startProvider({
  port: Number(values.port),
  answer: (request) => answerByHand(folder, request, say, leaving.signal),
});
say(`listening: ${provider.url}, requests in ${folder}`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
leaving.abort();
