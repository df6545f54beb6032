/** Starts a job and is killed at once, as a runner that crashes. Arguments: Python, job folder, request as JSON. */
import { supervise } from '../supervised-job.ts';

const [, , python = '', jobdir = '', request = ''] = process.argv;
await supervise({ python }, jobdir, JSON.parse(request));
process.kill(process.pid, 'SIGKILL');
