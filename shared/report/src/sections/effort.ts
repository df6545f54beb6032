/** Time, money and energy, and what of the time went into honesty. */
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { bytesText, countText, durationText, numberText, percentText, usdText } from '../html/words.ts';
import { timeline } from '../plots/timeline.ts';
import { costOfHonesty } from '../run/cost-of-honesty.ts';
import { type Measured, measuredIn } from '../run/measured.ts';
import { reuseOfPredictions } from '../run/reuse.ts';
import { type Spending, spendingIn } from '../run/spending.ts';
import type { Section, Subject } from './section.ts';

export function effortSection(subject: Subject): Section {
  const { run, input } = subject;
  const body = html`
${timeline(run, input.outcomes)}
${honesty(subject)}
<h3>Language models</h3>
${money(spendingIn(run))}
<h3>Programs</h3>
${programs(measuredIn(input.outcomes))}`;
  return { id: 'effort', title: 'Time, cost and energy', body };
}

function honesty({ run, records, input }: Subject): Html | null {
  const cost = costOfHonesty(run, input.outcomes);
  if (cost === null || cost.wall === 0) return null;
  const rows = cost.activities.filter(({ busy }) => busy > 0);
  const { again, savedMilliseconds } = reuseOfPredictions(records, run);
  const share = (milliseconds: number) => percentText(milliseconds / cost.wall);
  return html`
${table(
  rows,
  [
    { title: 'for', cell: ({ activity }) => activity },
    { title: 'wall clock', is: 'number', cell: ({ wall }) => durationText(wall) },
    { title: 'share', is: 'number', cell: ({ wall }) => share(wall) },
    {
      title: 'with nothing else at work',
      is: 'number',
      cell: ({ alone }) => (alone === 0 ? '' : share(alone)),
    },
    { title: 'all programs together', is: 'number', cell: ({ busy }) => durationText(busy) },
  ],
  { caption: `Of ${durationText(cost.wall)}. Several may be at work at once, so shares may exceed 100 %.` },
)}
<p>Knowing whether the number is true took at most ${share(cost.alone)} of the run: so much of it only scoring, checks, reseeding, refit or verification were at work.${
    again === 0
      ? ''
      : ` Predictions were kept and read again ${countText(again, 'time')}; making them anew would have taken about ${durationText(savedMilliseconds)}.`
  }</p>`;
}

function money({ calls, microUsd, capMicroUsd, tokens, unpricedCalls, byModel }: Spending): Html {
  if (calls === 0 && microUsd === 0)
    return html`<p>None was asked: the playbook answered, which costs nothing.</p>`;
  return html`
<p>${usdText(microUsd)} of ${usdText(capMicroUsd)}; ${countText(calls, 'call')}, ${countText(tokens, 'token')}.${
    unpricedCalls === 0
      ? ''
      : ` ${countText(unpricedCalls, 'call')} had no known price and are not in this sum.`
  }</p>
${table(byModel, [
  { title: 'model', cell: ({ model }) => model },
  { title: 'calls', is: 'number', cell: (one) => one.calls.toLocaleString('en-US') },
  { title: 'tokens', is: 'number', cell: (one) => one.tokens.toLocaleString('en-US') },
  { title: 'cost', is: 'number', cell: (one) => usdText(one.microUsd) },
])}`;
}

function programs(measured: Measured): Html {
  const { programs: count, programSeconds, cpuSeconds, peakMemoryBytes, accelerators } = measured;
  if (count === 0) return html`<p>What programs used is not in the record.</p>`;
  return html`<p>${countText(count, 'program')} ran for ${durationText(programSeconds * 1000)} together, on ${durationText(cpuSeconds * 1000)} of processor time; the largest took ${bytesText(peakMemoryBytes)} of memory.</p>
<p>${energyText(measured)}${accelerators.length === 0 ? '' : ` Accelerators: ${accelerators.join(', ')}.`}</p>`;
}

export function energyText({ energyJoules, acceleratorSeconds }: Measured): string {
  if (energyJoules !== null) {
    return `Accelerators used ${numberText(energyJoules / 3600)} Wh, by their own meters, over ${durationText(acceleratorSeconds * 1000)}. What processors used was not measured.`;
  }
  return acceleratorSeconds > 0
    ? `Accelerators were held for ${durationText(acceleratorSeconds * 1000)}; they have no meter that could be read.`
    : 'No accelerator was used. What processors used was not measured.';
}
