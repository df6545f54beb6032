/** How a program ended that held accelerators: running out of their memory is an end of its own. */
import type { Ending } from '../job-state.ts';
import { acceleratorOutOfMemory } from './out-of-memory.ts';

export interface LastWords {
  readonly stdoutTail: string;
  readonly stderrTail: string;
}

/** What else is known of the end stands: only a program that ended by itself, with an error, is looked at. */
export function endingOnAccelerators(ending: Ending, { stdoutTail, stderrTail }: LastWords): Ending {
  const byItself = ending.signal === null && ending.exitCode !== 0;
  if (ending.end !== 'failed' && !(ending.end === 'out-of-memory' && byItself)) return ending;
  const said = acceleratorOutOfMemory(stderrTail, stdoutTail);
  if (said === null) return ending;
  return {
    ...ending,
    end: 'out-of-memory',
    exhausted: 'accelerator',
    reason: `it ran out of its accelerator’s memory: ${said}`,
  };
}
