/**
 * A coder in a process of its own, with a scripted model, that dies by SIGKILL when its model is asked for a given turn.
 *
 *     node coder-process.ts <nats url> <home> <turn to die at> <script as JSON>
 */
import { serveScripted, TEST_PASSWORD } from '@modelwright/agent-host/testing';
import { connectBus } from '@modelwright/bus';
import { ScriptedModel, type ScriptedReply } from '@modelwright/llm/testing';
import { createLogger } from '@modelwright/telemetry';
import { coder } from '../coder.ts';

const [url = '', home = '', turn = '', script = '[]'] = process.argv.slice(2);
const logger = createLogger({ service: 'test', name: 'doomed', level: 'silent' });
const bus = await connectBus({ url, user: 'coder', password: TEST_PASSWORD, name: 'doomed', logger });
const lines: ScriptedReply[] = JSON.parse(script);
const model = new ScriptedModel(
  lines.map((line, index) => () => {
    if (index + 1 === Number(turn)) process.kill(process.pid, 'SIGKILL');
    return line;
  }),
);
await serveScripted(coder, { bus, logger, home, name: 'doomed', model }, new AbortController().signal);
