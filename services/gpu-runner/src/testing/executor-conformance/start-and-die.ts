/** Starts an execution and is killed at once, as a runner that crashes. Argument: a file that says which, and on what. */
import { readFile } from 'node:fs/promises';
import { openWith } from './open-with.ts';

const [, , wish = ''] = process.argv;
const { variables, home, execution } = JSON.parse(await readFile(wish, 'utf8'));
process.umask(0o022);
const executor = await openWith(variables, home);
await executor.start(execution);
process.kill(process.pid, 'SIGKILL');
