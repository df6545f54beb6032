/** `modelwright transcript`: what an agent was told, what it said, what its tools answered. */
import type { Bus } from '@modelwright/bus';
import type { RunId } from '@modelwright/contracts';
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { readRunLog, resolveRun } from '../adapters/run-log.ts';
import { readTranscripts, resolveAssignment } from '../adapters/transcripts.ts';
import type { Output } from '../core/output.ts';
import { viewOf } from '../core/run-view.ts';
import { summaryOf, transcriptListLines } from '../core/transcript-list.ts';
import { transcriptLines } from '../core/transcript-text.ts';
import { type Context, withExamples } from './context.ts';

interface Options {
  readonly full?: true;
  readonly json?: true;
}

export function transcriptCommand(context: Context): Command {
  const command = new Command('transcript')
    .summary('read what agents said and did')
    .description(
      'Without an assignment: the agents of the run, with turns, cost and end. With one: its whole conversation, turn by ' +
        'turn, with what each cost. Keys were taken out before anything was written down.',
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .argument('[assignment]', 'the id of an assignment, or the end of it')
    .option('--full', 'nothing is shortened, and what each question said of its limits is shown')
    .option('--json', 'one JSON object a line')
    .action(async (named: string, assignment: string | undefined, options: Options) => {
      const output = context.output(options);
      await withBus(context.config, async (bus) => {
        const run = await resolveRun(bus, named);
        if (assignment === undefined) await list(bus, run, output);
        else await show(bus, { run, assignment, full: options.full === true }, output);
      });
    });
  return withExamples(
    command,
    ['modelwright transcript last', 'who worked on the newest run'],
    ['modelwright transcript last c1_implement_1', 'one conversation, by the end of its id'],
    ['modelwright transcript last run_portfolio_1 --full | less', 'all of it'],
  );
}

async function list(bus: Bus, run: RunId, output: Output): Promise<void> {
  const view = viewOf(await readRunLog(bus, run));
  const summaries = [...(await readTranscripts(bus, run))].map(([id, records]) =>
    summaryOf(id, records, view),
  );
  for (const one of summaries) output.record(one);
  if (output.mode === 'json') return;
  if (summaries.length === 0) output.say(`no agent has worked on ${run} yet`);
  else output.say(...transcriptListLines(run, summaries));
}

async function show(
  bus: Bus,
  wanted: { readonly run: RunId; readonly assignment: string; readonly full: boolean },
  output: Output,
): Promise<void> {
  const transcripts = await readTranscripts(bus, wanted.run);
  const id = resolveAssignment(wanted.run, wanted.assignment, [...transcripts.keys()]);
  const records = transcripts.get(id) ?? [];
  for (const record of records) output.record(record);
  if (output.mode !== 'json') output.say(id, ...transcriptLines(records, wanted));
}
