/**
 * The folder that a task's `data` describes: the task folder itself, or what `data.prepare` makes of it.
 *
 * The program is the user's or was written by setup: it runs where the harness runs, without a network, reads
 * the folder with its archives unpacked, and writes one new folder:
 *
 *     prepare.py --input FOLDER --output FOLDER
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { taskRequest } from './commands/task-request.ts';
import { unpack } from './commands/unpack.ts';
import { type Harness, harnessLimits } from './harness.ts';
import type { HarnessOutcome } from './outcome.ts';

type TaskRequest = z.infer<typeof taskRequest>;

const TOLD = 1500;

/** Calls `run` with the request as it is, or about the folder that the program made, which is removed afterwards. */
export async function withPreparedSource<Request extends TaskRequest, Answer>(
  harness: Harness,
  request: Request,
  run: (request: Request) => Promise<HarnessOutcome<Answer>>,
  signal?: AbortSignal,
): Promise<HarnessOutcome<Answer>> {
  const { data } = request.task;
  if (data.prepare === undefined) return await run(request);
  const place = await mkdtemp(join(tmpdir(), 'mw-prepare-'));
  try {
    // A sandbox reads it as another user.
    await chmod(place, 0o755);
    const [raw, out] = [join(place, 'raw'), join(place, 'out')];
    await Promise.all([mkdir(raw), mkdir(out)]);
    const { folder } = request;
    const unpacked = await unpack(harness, { folder, archives: data.archives ?? [], out: raw }, signal);
    if (unpacked.kind === 'bad-input') return unpacked;
    const failure = await runProgram(harness, { program: data.prepare, raw, out }, signal);
    if (failure !== null) return badProgram(data.prepare, failure);
    const { archives: _, prepare: __, ...described } = data;
    return await run({
      ...request,
      folder: out,
      programs: request.folder,
      task: { ...request.task, data: described },
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

interface ProgramRun {
  readonly program: string;
  readonly raw: string;
  readonly out: string;
}

/** Why it failed; null when it did not. */
async function runProgram(
  harness: Harness,
  { program, raw, out }: ProgramRun,
  signal?: AbortSignal,
): Promise<string | null> {
  const ended = await harness.launch(
    {
      argv: [harness.python, '-I', '-B', join(raw, program), '--input', raw, '--output', out],
      stdin: '',
      reads: [raw],
      writes: [out],
      limits: harnessLimits(harness),
    },
    signal,
  );
  if (ended.stopped !== null) return `it ${ended.stopped}`;
  if (ended.exitCode === 0) return null;
  return `it ended with ${ended.exitCode}: ${ended.stderr.trim().slice(-TOLD)}`;
}

function badProgram(program: string, why: string): HarnessOutcome<never> {
  const problem = {
    code: 'prepare-failed',
    message: `\`${program}\` made no folder of data: ${why}.`,
    remedy: 'It is called with --input FOLDER --output FOLDER, and reads and writes nothing else.',
    file: program,
    key: 'data.prepare',
  };
  return { kind: 'bad-input', problems: [problem], warnings: [] };
}
