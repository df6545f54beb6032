/** A real runner with real programs, on a server that flushes as `modelwright up` has it. */
import { fileURLToPath } from 'node:url';
import { findDockerEngine } from '@modelwright/testing';
import { type Arena, openArena } from '../bus/arena.ts';
import { type LogFigures, measureLogs } from './log-lines.ts';
import { type RunnerProcess, startRunner } from './runner-process.ts';
import { measureStarts, type StartFigures } from './starts.ts';

export interface RunnerFigures {
  readonly rounds: number;
  readonly starts: readonly StartFigures[];
  readonly logs: LogFigures;
  /** Why containers were left out; null when they were not. */
  readonly withoutContainers: string | null;
}

const REQUIREMENTS = fileURLToPath(new URL('../../../bootstrap/python/requirements.txt', import.meta.url));
/** Jobs of each way in a turn; a contest's round has more. */
const STARTS_A_ROUND = 5;
/** What one runner and its programs leave behind. */
const SCALE = 0.3;

export async function measureRunner(rounds: number, told: (what: string) => void): Promise<RunnerFigures> {
  await using stack = new AsyncDisposableStack();
  const arena = stack.use(await openArena(true, SCALE));
  const found = await findDockerEngine();
  const containers = 'engine' in found ? ofEngine(found.engine) : null;
  const runners = await open(arena, stack, {
    'cold, a process': { RUNNER_WARM: '0' },
    'warm, a process': { RUNNER_WARM: '2' },
    ...(containers === null ? {} : { 'cold, a container': containers }),
  });
  const [cold] = runners.values();
  if (cold === undefined) throw new Error('there is no runner');
  return {
    rounds: rounds * STARTS_A_ROUND,
    starts: await measureStarts(arena, runners, rounds * STARTS_A_ROUND, told),
    logs: await measureLogs(arena, cold, told),
    withoutContainers: 'missing' in found ? found.missing : null,
  };
}

const ofEngine = ({ socketPath, image }: { socketPath: string; image: string }) => ({
  RUNNER_EXECUTOR: 'docker',
  RUNNER_DOCKER_HOST: `unix://${socketPath}`,
  RUNNER_IMAGE: image,
  RUNNER_BASE_REQUIREMENTS: REQUIREMENTS,
});

async function open(
  arena: Arena,
  stack: AsyncDisposableStack,
  wanted: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<Map<string, RunnerProcess>> {
  const runners = new Map<string, RunnerProcess>();
  for (const [how, variables] of Object.entries(wanted)) {
    const klass = how.replaceAll(/[^a-z]+/g, '-');
    runners.set(how, stack.use(await startRunner(arena, klass, variables)));
  }
  return runners;
}
