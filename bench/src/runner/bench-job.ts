/** A small program as a job for one runner, and when what of it happened. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Job,
  type JobOutcome,
  job,
  jobOutcome,
  jobOutcomeSubject,
  jobSubject,
  type TreeRef,
} from '@modelwright/contracts';
import type { Arena } from '../bus/arena.ts';
import { aJob, RUN } from '../bus/messages.ts';
import type { RunnerProcess } from './runner-process.ts';

export interface DoneJob {
  readonly id: string;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly asked: number;
  /** When its outcome was there. */
  readonly told: number;
  readonly outcome: JobOutcome;
}

export async function storeProgram({ bus }: Arena, program: string): Promise<TreeRef> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-bench-'));
  try {
    await writeFile(join(folder, 'main.py'), program);
    const { kind, store, sha256, size } = await bus.store.putTree('artifacts', folder);
    return { kind, store, sha256, size };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Asks for it as trainings are asked for. Resolves when its outcome is there. */
export async function runJob(
  arena: Arena,
  runner: RunnerProcess,
  code: TreeRef,
  limits: Partial<Job['limits']> = {},
): Promise<DoneJob> {
  const id = arena.newId();
  const { body } = aJob(id);
  const asked = Date.now();
  await arena.bus.streams.publish({
    definition: job,
    subject: jobSubject(runner.class, 'normal', RUN),
    messageId: id,
    run: RUN,
    body: {
      ...body,
      class: runner.class,
      code: { kind: 'tree', tree: code },
      command: ['python', 'main.py'],
      data: null,
      overlay: {},
      limits: { ...body.limits, ...limits },
    },
  });
  const outcome = await outcomeOf(arena, id);
  return { id, asked, told: Date.now(), outcome };
}

async function outcomeOf({ bus }: Arena, id: string): Promise<JobOutcome> {
  const over = new AbortController();
  const results = bus.streams.follow('RESULTS', jobOutcomeSubject(RUN, id), jobOutcome, {
    signal: over.signal,
  });
  for await (const { body } of results) {
    over.abort();
    if (body.end !== 'finished') throw new Error(`${body.end}: ${body.reason}\n${body.stderrTail}`);
    return body;
  }
  throw new Error('the results ended');
}
