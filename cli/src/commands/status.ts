/** `modelwright status`: where a run is. */
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { readRunLog, resolveRun } from '../adapters/run-log.ts';
import { runBlock } from '../core/run-block.ts';
import { runJson } from '../core/run-json.ts';
import { viewOf } from '../core/run-view.ts';
import { chosenLines } from '../core/summary.ts';
import { type Context, withExamples } from './context.ts';

export function statusCommand(context: Context): Command {
  const command = new Command('status')
    .summary('show where a run is')
    .description('Shows phase, time left, candidates with scores and intervals, and what is running.')
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('--json', 'one JSON object')
    .action(async (named: string, options: { json?: true }) => {
      const output = context.output(options);
      await withBus(context.config, async (bus) => {
        const run = await resolveRun(bus, named);
        const view = viewOf(await readRunLog(bus, run));
        output.record(runJson(run, view));
        if (output.mode === 'json') return;
        output.say(...runBlock(view, { run, now: Date.now(), width: output.width }), ...chosenLines(view));
        if (view.end !== null) output.say(`Run ${view.end.outcome}: ${view.end.reason}`);
      });
    });
  return withExamples(
    command,
    ['modelwright status last', 'the newest run'],
    ['modelwright status digits-k3f9x2-07 --json', 'for programs'],
  );
}
