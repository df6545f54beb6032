/** One call of the harness: a process, a JSON request, a JSON answer. */
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { Launch, LaunchLimits } from './launch/launch.ts';
import { HarnessCrash, type HarnessOutcome } from './outcome.ts';
import { problemList } from './problem.ts';

export interface Harness {
  /** A Python of 3.10 or newer that has numpy: an absolute path. */
  readonly python: string;
  readonly launch: Launch;
  readonly limits?: Partial<LaunchLimits>;
}

export interface HarnessCommand<Request, Answer> {
  readonly name: string;
  readonly request: z.ZodType<Request>;
  readonly answer: z.ZodType<Answer>;
  /** Files and folders that a request makes it read. */
  reads(request: Request): (string | undefined)[];
  /** Folders that a request makes it write to. */
  writes(request: Request): (string | undefined)[];
}

const LIMITS: LaunchLimits = { seconds: 900, memoryBytes: 8 * 1024 ** 3 };
const DONE = 0;
const BAD_INPUT = 2;
const STDERR_TAIL = 4000;

/** The folder that Python is started on. */
export function harnessFolder(): string {
  return fileURLToPath(new URL('../python', import.meta.url));
}

/** The self-contained Python file that turns raw predictions into decisions, for a deliverable. */
export function decisionModule(): string {
  return fileURLToPath(new URL('../python/mw_harness/decision.py', import.meta.url));
}

export function harnessLimits({ limits }: Pick<Harness, 'limits'>): LaunchLimits {
  return { ...LIMITS, ...limits };
}

/** Throws HarnessCrash for a fault of the harness, and the signal's reason when aborted. */
export async function runHarness<Request, Answer>(
  harness: Harness,
  command: HarnessCommand<Request, Answer>,
  request: Request,
  signal?: AbortSignal,
): Promise<HarnessOutcome<Answer>> {
  const folder = harnessFolder();
  const ended = await harness.launch(
    {
      // -I: neither environment variables nor the working directory say what is imported. -B: the
      // folder may be read-only, and is not ours to write to.
      argv: [harness.python, '-I', '-B', folder, command.name],
      stdin: JSON.stringify(command.request.parse(request)),
      reads: [folder, ...present(command.reads(request))],
      writes: present(command.writes(request)),
      limits: harnessLimits(harness),
    },
    signal,
  );
  const told = { command: command.name, stderrTail: ended.stderr.slice(-STDERR_TAIL) };
  if (ended.stopped !== null) throw new HarnessCrash(ended.stopped, told);
  switch (ended.exitCode) {
    case DONE:
      return { kind: 'done', answer: parsed(command.answer, ended.stdout, told) };
    case BAD_INPUT:
      return { kind: 'bad-input', ...parsed(problemList, ended.stdout, told) };
    default:
      throw new HarnessCrash(`ended with ${ended.exitCode}`, told);
  }
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  told: { command: string; stderrTail: string },
): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new HarnessCrash('answered what is no answer', { ...told, cause });
  }
}

function present(paths: readonly (string | undefined)[]): string[] {
  return paths.filter((path) => path !== undefined);
}
