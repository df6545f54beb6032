/** One run from submission to results, as a user sees it. */
import { join, resolve } from 'node:path';
import { relative } from 'node:path/posix';
import type { Bus } from '@modelwright/bus';
import type { RunId, RunPlayer } from '@modelwright/contracts';
import type { Config } from '../config.ts';
import { EXIT, type ExitCode } from '../core/exit-code.ts';
import type { Output } from '../core/output.ts';
import { runJson } from '../core/run-json.ts';
import type { RunView } from '../core/run-view.ts';
import type { RunWishes } from '../core/submission.ts';
import { summaryLines } from '../core/summary.ts';
import { withBus } from './bus.ts';
import { onInterrupt } from './interruption.ts';
import { materialise, writeSubmission } from './materialise.ts';
import { submitRun } from './submit-run.ts';
import type { TaskFolder } from './task-folder.ts';
import { watchRun } from './watch-run.ts';

export interface RunRequest {
  readonly wishes: RunWishes;
  /** Who plays the roles. */
  readonly player: RunPlayer;
  /** Null: `results/<run>` below the working folder. */
  readonly out: string | null;
  readonly detach: boolean;
  readonly output: Output;
}

export interface RunEnding {
  readonly exitCode: ExitCode;
  readonly run: RunId;
  readonly view: RunView | null;
}

export function runTask(config: Config, folder: TaskFolder, request: RunRequest): Promise<RunEnding> {
  const { output } = request;
  return withBus(config, async (bus) => {
    const run = await submitRun(bus, folder, { ...request.wishes, player: request.player });
    output.record({ type: 'submitted', run });
    if (request.detach) {
      if (output.mode !== 'json') output.say(run);
      output.note(...farewell(run));
      return { exitCode: EXIT.ok, run, view: null };
    }
    output.say(`run ${run}: ${folder.name}`);
    return attend(bus, config, run, request);
  });
}

/** Watches to the end, then writes the results. */
async function attend(bus: Bus, config: Config, run: RunId, { output, out }: RunRequest): Promise<RunEnding> {
  const folder = resultsFolder(config, run, out);
  using interruption = onInterrupt();
  const { leaving } = interruption;
  const view = await watchRun(bus, {
    run,
    output,
    leaving,
    onSubmission: async (now) => {
      if (await writeSubmission(bus, now, folder)) {
        output.note(
          `a submission is there: ${shownFolder(config, folder)}/submission.csv (${now.best?.candidate})`,
        );
      }
    },
  });
  if (view.end === null) {
    output.note('', 'Stopped watching; the run goes on.', ...farewell(run));
    return { exitCode: EXIT.detached, run, view };
  }
  await deliver(bus, run, { folder, shown: shownFolder(config, folder), output });
  return { exitCode: exitCodeOf(view), run, view };
}

/** Writes what the run came to and says it. */
export async function deliver(
  bus: Bus,
  run: RunId,
  to: { readonly folder: string; readonly shown: string; readonly output: Output },
): Promise<RunView> {
  const { output, shown } = to;
  const { view, notes, ...present } = await materialise(bus, run, to.folder);
  output.record({ type: 'results', folder: to.folder, ...runJson(run, view) });
  output.say(...summaryLines(view, { folder: shown, ...present }, output.width));
  if (notes.length > 0) output.warn(...notes);
  return view;
}

export function resultsFolder(config: Config, run: RunId, out: string | null): string {
  return out === null ? join(config.cwd, 'results', run) : resolve(config.cwd, out);
}

/** As short as it can be typed from the working folder. */
export function shownFolder(config: Config, folder: string): string {
  const near = relative(config.cwd, folder);
  return near === '' ? '.' : near.startsWith('..') ? folder : near;
}

export function exitCodeOf(view: RunView): ExitCode {
  switch (view.end?.outcome) {
    case 'finished':
      return EXIT.ok;
    case 'cancelled':
      return EXIT.cancelled;
    case 'failed':
    case undefined:
      return EXIT.failed;
  }
}

function farewell(run: RunId): string[] {
  return [
    `  follow it:        modelwright logs -f ${run}`,
    `  see where it is:  modelwright status ${run}`,
    `  its results:      modelwright results ${run}`,
    `  end it:           modelwright cancel ${run}`,
  ];
}
