/** Uploads a checked task folder and submits the run. */
import { randomInt } from 'node:crypto';
import type { Bus, PutTreeOptions } from '@modelwright/bus';
import { inboxSubject, type RunId, runSubmitted } from '@modelwright/contracts';
import { unavailable } from '../core/problem.ts';
import { submissionOf, type Wanted } from '../core/submission.ts';
import { isLeftOut, isLeftOutOfBare, needsWholeFolder } from '../core/task-needs.ts';
import type { TaskFolder } from './task-folder.ts';

/** New runs are refused from this share of a stream's bytes on: those that run need the rest to end. */
const FULL_SHARE = 0.8;
const DRAWN_BELOW = 2 ** 31;

export async function submitRun(bus: Bus, folder: TaskFolder, wishes: Wanted): Promise<RunId> {
  await requireRoomOnBus(bus);
  const { skipped: _, ...source } = await bus.store.putTree('truth', folder.path, whatToPut(folder));
  const draws = { run: randomInt(DRAWN_BELOW), seed: randomInt(DRAWN_BELOW) };
  const body = submissionOf(folder, source, wishes, draws);
  const { run } = body;
  await bus.streams.publish({
    definition: runSubmitted,
    subject: inboxSubject(run),
    body,
    messageId: `${run}:submitted`,
    run,
  });
  return run;
}

/** Links among the other files of a whole folder lead nowhere: only what lies in the folder itself is taken. */
function whatToPut({ task }: TaskFolder): PutTreeOptions {
  const whole = task === null || needsWholeFolder(task);
  return whole ? { exclude: isLeftOutOfBare, skipUnsafe: true } : { exclude: isLeftOut(task) };
}

async function requireRoomOnBus(bus: Bus): Promise<void> {
  const { stream, share } = await bus.streams.fullest();
  if (share < FULL_SHARE) return;
  throw unavailable({
    message: `the store ${stream} is ${Math.round(share * 100)} % full: no new run is taken from ${FULL_SHARE * 100} % on`,
    remedy:
      'Let running runs end (modelwright ls); old ones can be removed from the server with the nats tool.',
  });
}
