/** Hands a job to a warm worker and is killed at once, as a runner that crashes. Arguments: Python, a bench's folder, request as JSON. */
import { join } from 'node:path';
import { withoutItsJob } from '../warm-request.ts';
import { WarmWorker } from '../warm-worker.ts';

const [, , python = '', folder = '', text = ''] = process.argv;
const job = JSON.parse(text);
const request = withoutItsJob(job);
if (request === null) throw new Error('no worker could ever take this');
const worker = await WarmWorker.start({ python }, { folder: join(folder, 'warm'), request, modules: [] });
await worker.ready;
await worker.take(join(folder, 'job'), job);
process.kill(process.pid, 'SIGKILL');
