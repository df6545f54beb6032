/** `modelwright resume`: a run that has used up its money goes on with more. */
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { type RaisedBudget, resumeRun } from '../adapters/resume-run.ts';
import { resolveRun } from '../adapters/run-log.ts';
import { dollars, wholeNumber } from '../core/options.ts';
import { type Context, withExamples } from './context.ts';

export function resumeCommand(context: Context): Command {
  const command = new Command('resume')
    .summary('let a run spend more')
    .description(
      'Sets what language models may cost in a run altogether. A run that paused at its limit (budget.on_cap: pause) goes ' +
        'on; another one has more room.',
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('--budget-usd <usd>', 'what models may cost altogether, what is spent included', dollars)
    .option('--budget-tokens <n>', 'input and output of all models altogether', wholeNumber(1))
    .action(async (named: string, options: RaisedBudget) => {
      const output = context.output({});
      await withBus(context.config, async (bus) => {
        const run = await resolveRun(bus, named);
        output.say(...(await resumeRun(bus, run, options)));
      });
    });
  return withExamples(
    command,
    ['modelwright resume last --budget-usd 20', 'twenty dollars for the whole run'],
    ['modelwright resume last --budget-tokens 5000000', 'where tokens are limited: budget.tokens'],
  );
}
