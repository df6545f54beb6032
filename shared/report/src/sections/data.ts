/** The data: how many rows are for what, and how they were divided. */
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { countText } from '../html/words.ts';
import type { Section, Subject } from './section.ts';

export function dataSection({ run: { data, task } }: Subject): Section {
  return { id: 'data', title: 'The data', body: data === null ? null : bodyOf(data, task) };
}

function bodyOf(data: NonNullable<Subject['run']['data']>, task: Subject['run']['task']): Html {
  const { rows, split } = data;
  const parts = [
    ['to train on', rows.train, 'all that a candidate sees with labels'],
    ['to score', rows.score, 'labels hidden; one rounded number comes back for each version'],
    ['held out', rows.holdout, 'opened once, after the winner was sealed; selects nothing'],
    ['to predict', rows.test, 'no labels; the submission is for these'],
    ['without a label', rows.unlabelled, 'in the training file, but with no label'],
  ] as const;
  const target = data.task.targets?.join(', ') ?? data.task.target;
  const rounds = data.rounds?.length ?? 0;
  return html`
<p>Predicts <strong>${target}</strong> (${data.task.kind}) from ${countText(data.task.features.length, 'feature')}; layout ${task?.data.layout ?? 'table'}.</p>
${table(
  parts.filter(([, count]) => count > 0),
  [
    { title: 'rows', cell: ([name]) => name },
    { title: '', is: 'number', cell: ([, count]) => count.toLocaleString('en-US') },
    { title: '', is: 'long', cell: ([, , what]) => what },
  ],
)}
<p>Split <strong>${split.by}</strong>: ${split.reason} Drawn with seed ${split.seed}; ${countText(data.task.folds, 'fold')} for all candidates alike.</p>
${rounds === 0 ? null : html`<p>Every version is scored in ${countText(rounds, 'round')}: each trains it without the labels it is judged by, so that rows to train on are rows to score in another round.</p>`}`;
}
