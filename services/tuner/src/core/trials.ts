/** The trainings and probes an agent has started, as its transcript tells. */
import { type StopRule, stopRule, type Trial } from '@modelwright/contracts';
import { z } from 'zod';

/** A loss that is no number any more does not become one again. */
export const USUAL_STOP_RULES: readonly StopRule[] = [{ kind: 'not-finite', metric: '*loss*', times: 3 }];

export const trainStartArgs = z.object({
  config: z
    .record(z.string(), z.json())
    .describe('settings to change; all others stay as config.json has them'),
  seconds: z.number().positive().optional().describe('time budget; by default all that a training may take'),
  probe: z
    .enum(['smoke', 'short'])
    .optional()
    .describe(
      'instead of a training: smoke runs on 100 rows and one fold, to see whether it works; short trains on all rows in a fifth of the time (or your `seconds`), to see what it costs and where it goes',
    ),
  stop_when: z
    .array(stopRule)
    .max(10)
    .optional()
    .describe(
      'rules that end the training at once, without waiting for you: not-finite (NaN or infinity in a curve, so many times in a row) or beyond (above or below a value). A * in metric stands for any characters. By default not-finite in *loss*, 3 times; [] for none',
    ),
});

/** What `train_start` answers. */
const startedJob = z.object({ job: z.string(), config: z.record(z.string(), z.json()) });

export interface StartedTrial {
  readonly job: string;
  readonly config: Trial['config'];
  /** Null for a training in full. */
  readonly probe: 'smoke' | 'short' | null;
}

/** An earlier call, as the transcript tells it. */
interface Called {
  readonly name: string;
  readonly arguments: string;
  readonly content: string;
  readonly failed: boolean;
}

/** In the order of their start. */
export function startedTrials(calls: readonly Called[]): StartedTrial[] {
  return calls.flatMap(({ name, arguments: args, content, failed }) => {
    if (name !== 'train_start' || failed) return [];
    const { probe = null } = trainStartArgs.parse(JSON.parse(args));
    return [{ ...startedJob.parse(JSON.parse(content)), probe }];
  });
}

/** What `train_wait` answers of each. */
const told = z.array(z.object({ job: z.string(), outcome: z.string() }));

/** Those that no `train_wait` has told the end of. */
export function notToldOf(calls: readonly Called[]): StartedTrial[] {
  const ended = new Set(
    calls
      .filter(({ name, failed }) => name === 'train_wait' && !failed)
      .flatMap(({ content }) => toldIn(content))
      .flatMap(({ job, outcome }) => (outcome === 'running' ? [] : [job])),
  );
  return startedTrials(calls).filter(({ job }) => !ended.has(job));
}

/** A very long answer was cut short on its way: who was told half will be told again. */
function toldIn(content: string): z.output<typeof told> {
  try {
    return told.parse(JSON.parse(content));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
