/** The price of honest scores in runs that have ended, from their folders of results. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runRecordBody } from '@modelwright/contracts';
import { ACTIVITIES, accepted, type Reuse, reuseOfPredictions, runReport } from '@modelwright/report';
import { z } from 'zod';

/** `time` of `run.json`, in milliseconds. */
const manifest = z.object({
  name: z.string(),
  run: z.string(),
  time: z.object({
    wall: z.number().positive(),
    alone: z.number(),
    activities: z.array(
      z.object({ activity: z.enum(ACTIVITIES), busy: z.number(), wall: z.number(), alone: z.number() }),
    ),
  }),
});
const logLine = runRecordBody.extend({ sequence: z.number() });

export interface HonestyOfRun extends z.infer<typeof manifest> {
  readonly reuse: Reuse;
}

export async function honestyOf(folder: string): Promise<HonestyOfRun> {
  const read = manifest.parse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')));
  const lines = (await readFile(join(folder, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
  const log = lines.map((line) => logLine.parse(JSON.parse(line)));
  const records = accepted(log.map(({ sequence, ...body }) => ({ sequence, body })));
  return { ...read, reuse: reuseOfPredictions(records, runReport(records)) };
}
