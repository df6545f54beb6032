/** `modelwright ls`: the runs. */
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { type KnownRun, readRuns } from '../adapters/run-log.ts';
import { runJson } from '../core/run-json.ts';
import { columnsText } from '../core/text/columns.ts';
import { durationText, timeText } from '../core/text/quantity.ts';
import { scoreText } from '../core/text/score.ts';
import { type Context, withExamples } from './context.ts';

export function lsCommand(context: Context): Command {
  const command = new Command('ls')
    .summary('list the runs, the newest first')
    .description(
      'Lists all runs the server knows: phase, best score, when they started and how long they took.',
    )
    .option('--json', 'one JSON object a line')
    .action(async (options: { json?: true }) => {
      const output = context.output(options);
      const runs = await withBus(context.config, readRuns);
      for (const { run, view } of runs) output.record(runJson(run, view));
      if (output.mode === 'json') return;
      if (runs.length === 0) output.say('no runs yet; start one: modelwright run <folder>');
      else output.say(...table(runs, Date.now()));
    });
  return withExamples(
    command,
    ['modelwright ls', 'all runs'],
    ['modelwright ls --json | head -1', 'the newest, for programs'],
  );
}

function table(runs: readonly KnownRun[], now: number): string[] {
  return columnsText(
    [
      { title: 'run' },
      { title: 'phase' },
      { title: 'best' },
      { title: 'started' },
      { title: 'took', align: 'right' },
    ],
    runs.map(({ run, view }) => [
      run,
      view.phase,
      view.best === null ? '' : `${view.task?.metric ?? ''} ${scoreText(view.best.score)}`,
      view.startedAt === null ? '' : timeText(view.startedAt),
      view.startedAt === null ? '' : durationText((view.end?.at ?? now) - view.startedAt),
    ]),
  );
}
