/** `modelwright cost`: what language models cost a run. */

import { spentBy } from '@modelwright/agent';
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { readRunLog, resolveRun } from '../adapters/run-log.ts';
import { readTranscripts } from '../adapters/transcripts.ts';
import { costLines, costOf } from '../core/cost.ts';
import { viewOf } from '../core/run-view.ts';
import { type Context, withExamples } from './context.ts';

export function costCommand(context: Context): Command {
  const command = new Command('cost')
    .summary('show what language models cost a run')
    .description(
      'Shows calls, tokens and US dollars by role, by candidate and by model, work under way included. Cached tokens ' +
        'are part of the input, reasoning tokens of the output. Calls to models without a known price are counted and ' +
        'said.',
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('--json', 'one JSON object, money in millionths of a US dollar')
    .action(async (named: string, options: { json?: true }) => {
      const output = context.output(options);
      await withBus(context.config, async (bus) => {
        const run = await resolveRun(bus, named);
        const view = viewOf(await readRunLog(bus, run));
        const transcripts = await readTranscripts(bus, run);
        const soFar = new Map([...transcripts].map(([id, records]) => [id, spentBy(records)]));
        const cost = costOf(view, soFar);
        output.record({ run, ...cost });
        if (output.mode !== 'json') output.say(`run ${run}`, ...costLines(cost));
      });
    });
  return withExamples(
    command,
    ['modelwright cost last', 'the newest run'],
    ['modelwright cost last --json | jq .byModel', 'for programs'],
  );
}
