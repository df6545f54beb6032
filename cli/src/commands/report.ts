/** `modelwright report`: a run as one page. */
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { openFile } from '../adapters/open-file.ts';
import { reportInput } from '../adapters/report-input.ts';
import { readRunLog, resolveRun } from '../adapters/run-log.ts';
import { resultsFolder, shownFolder } from '../adapters/run-task.ts';
import { REPORT_FILE, writeReport } from '../adapters/write-report.ts';
import { viewOf } from '../core/run-view.ts';
import { type Context, withExamples } from './context.ts';

interface Options {
  readonly out?: string;
  readonly open?: true;
  readonly json?: true;
}

export function reportCommand(context: Context): Command {
  const command = new Command('report')
    .summary('write the report of a run as one page of HTML')
    .description(
      'Writes how the search went, how good the chosen model is by each number there is, what the checks found, what ' +
        'it cost and what was read: one file that fetches nothing and runs no script. Of a run that has not ended it ' +
        'shows what there is. `modelwright results` writes it too.',
    )
    .argument('[run]', 'the id of a run, its beginning, or "last"', 'last')
    .option('--out <file>', `where to (default: results/<run>/${REPORT_FILE})`)
    .option('--open', 'show it in the browser')
    .option('--json', 'one JSON object on standard output, messages on standard error')
    .action((named: string, options: Options) => report(context, named, options));
  return withExamples(
    command,
    ['modelwright report', 'of the newest run, into results/<run>/report.html'],
    ['modelwright report digits --open', 'shown in the browser'],
    ['modelwright report last --out digits.html', 'somewhere else'],
  );
}

async function report({ config, ...context }: Context, named: string, options: Options): Promise<void> {
  const output = context.output(options);
  await withBus(config, async (bus) => {
    const run = await resolveRun(bus, named);
    const records = await readRunLog(bus, run);
    const input = await reportInput(bus, run, { records, view: viewOf(records) });
    const file =
      options.out === undefined
        ? join(resultsFolder(config, run, null), REPORT_FILE)
        : resolve(config.cwd, options.out);
    await mkdir(dirname(file), { recursive: true });
    await writeReport(input, file);
    output.record({ type: 'report', run, file });
    output.say(shownFolder(config, file));
    if (options.open === true && !(await openFile(file))) {
      output.warn('There is nothing here to open it with: open the file in a browser.');
    }
  });
}
