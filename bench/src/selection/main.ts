/**
 * What the rule of selection is worth, against others, over made-up searches and over those of a file:
 *
 *     node bench/src/selection/main.ts [--searches 2000] [--recorded FILE]
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { run } from './contest.ts';
import { recorded, recordedSearches } from './recorded.ts';
import { SETTINGS, simulated } from './simulated.ts';
import { type Summary, summaryOf } from './summary.ts';
import { WAYS } from './ways.ts';

const { values } = parseArgs({
  options: { searches: { type: 'string', default: '2000' }, recorded: { type: 'string' } },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

/** `unit`: decimals of a regret. */
function lineOf(
  name: string,
  { regret, worth, cost, changes, falseClaims }: Summary,
  digits: number,
): string {
  const wrong = falseClaims === null ? '–' : falseClaims.toFixed(3);
  const cells = [
    name,
    `${regret.mean.toFixed(digits)} ± ${regret.half.toFixed(digits)}`,
    worth.mean.toFixed(digits),
    cost.toFixed(2),
    changes.toFixed(1),
    wrong,
  ];
  return `| ${cells.join(' | ')} |`;
}

function head(title: string): string[] {
  return [
    '',
    title,
    '',
    '| way | regret | worth of the chosen | cost | changes of best | false claims |',
    '|---|---|---|---|---|---|',
  ];
}

const searches = Number(values.searches);
for (const setting of SETTINGS) {
  say(head(`${setting.name}: ${searches} simulated searches, in errors of a paired difference`).join('\n'));
  for (const way of WAYS) {
    const outcomes = Array.from({ length: searches }, (_, seed) => run(simulated(setting, seed + 1), way));
    say(lineOf(way.name, summaryOf(outcomes), 3));
  }
}
if (values.recorded !== undefined) {
  const all = recordedSearches.parse(JSON.parse(await readFile(values.recorded, 'utf8')));
  for (const task of new Set(all.map((one) => one.task))) {
    const own = all.filter((one) => one.task === task);
    say(
      head(`${task}: ${own.length} searches of ${own[0]?.candidates.length ?? 0} trained models`).join('\n'),
    );
    for (const way of WAYS) {
      const outcomes = own.map((one) => run(recorded(one), way));
      say(lineOf(way.name, summaryOf(outcomes), 4));
    }
  }
}
