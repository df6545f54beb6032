/** The model card of a deliverable, in Markdown: what it is, what it was judged by, how to use it, what to mind. */
import {
  type BoardEntry,
  type DatasetTask,
  type Direction,
  type Finding,
  isBetter,
  type PreparedData,
  type Score,
  type Task,
  type Trained,
  type Work,
} from '@modelwright/contracts';
import { oneLine } from './one-line.ts';

/** Standard errors of a difference that chance does not explain. */
const PAST_NOISE = 2;
/** Kinds of features whose cells are paths. */
const FILES: ReadonlySet<string> = new Set(['image', 'audio', 'file']);

export type PackageWork = Extract<Work, { role: 'delivery' }>;

export function modelCard(work: PackageWork): string {
  const { data, score, holdout, plan, refitted, trained } = work;
  const stated = work.task;
  return `${[
    `# ${stated.name}`,
    stated.description.trim(),
    '## The model',
    paragraph(`${plan.name} (candidate ${work.candidate}). ${plan.summary}`),
    paragraph(plan.reason),
    table(
      ['', ''],
      [
        ['Architecture', plan.architecture],
        ['Features', plan.pipeline],
        ['Loss', plan.loss],
        ['Regularisation', plan.regularisation],
        ['Trained on', trainedOn(data, refitted)],
        [
          'Training',
          `${trained.seconds.toFixed(1)} s, configuration ${code(JSON.stringify(trained.config))}`,
        ],
      ],
    ),
    '## How good it is',
    `Judged by ${stated.metric}, ${data.task.direction === 'maximize' ? 'higher' : 'lower'} is better.`,
    table(['rows', 'score', '95 % interval', 'rows judged'], scoreRows(score, trained, holdout)),
    ...shortfall(score, holdout, data.task.direction),
    whoseNumbers(data, refitted),
    '## What the checks found',
    ...checks(work),
    '## What it is for, and where to be careful',
    ...limits(work),
    '## All candidates',
    table(['candidate', 'plan', 'state', 'score', 'out-of-fold'], work.board.map(boardRow)),
    '## The data',
    rowsText(data),
    ...(data.warnings.length === 0 ? [] : [data.warnings.map((warning) => `- ${warning}`).join('\n')]),
    '## How to use it',
    usage(stated, data.task),
  ].join('\n\n')}\n`;
}

function rowsText({ rows, rounds, split }: PreparedData): string {
  const labelled =
    rounds === undefined
      ? `${rows.train} rows to train on, ${rows.score} to score`
      : `${rows.train} rows to train on, ${rows.score} of them scored in ${rounds.length} rounds, each by a training without their labels`;
  return `${labelled}; ${rows.holdout} held out, ${rows.test} without labels to predict. Split ${split.by}: ${split.reason}`;
}

function usage(task: Task, asked: DatasetTask): string {
  return [
    `Put the rows to predict into a folder as \`test.csv\`: ${columnsText(asked)} Then:`,
    '',
    '```sh',
    'python -m venv env && env/bin/pip install -r requirements.txt',
    `env/bin/python inference.py --model model --input FOLDER --output predictions.csv   # predicts ${oneLine([task.data.target].flat().join(', '), 100)}`,
    '```',
  ].join('\n');
}

function columnsText({ id, features, tables = [] }: DatasetTask): string {
  const files = features.filter(({ kind }) => FILES.has(kind)).map(({ name }) => `\`${name}\``);
  return [
    `the column \`${id}\`${features.length === 0 ? '.' : ` and ${countText(features.length, 'feature')} under the names of the training data.`}`,
    ...(files.length === 0 ? [] : [`Cells of ${files.join(', ')} are paths of files below that folder.`]),
    ...tables.map(
      ({ name, key }) =>
        `Rows that belong to them go beside it as \`tables/${name}.csv\`, by the column \`${key}\`.`,
    ),
  ].join(' ');
}

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function trainedOn(data: PreparedData, refitted: boolean): string {
  const { train, score, holdout } = data.rows;
  // In rounds the rows to train on are those to score.
  const apart = data.rounds === undefined ? score : 0;
  return refitted ? `all ${train + apart + holdout} labelled rows` : `${train} rows`;
}

/** In rounds no one training has every score: the delivered model may have seen the rows that others were judged by. */
function whoseNumbers({ rounds }: PreparedData, refitted: boolean): string {
  if (refitted) {
    return 'These numbers belong to the model before its last training: that model had not seen the rows it was judged by. The delivered one was then trained in the same way on all labelled rows.';
  }
  return rounds === undefined
    ? 'These numbers belong to the delivered model itself.'
    : `The score comes from ${rounds.length} trainings, one a round, none of which had seen the rows it was judged by. The delivered model was trained in the same way on the rows of all rounds.`;
}

function scoreRows(score: Score, { oof, claimed }: Trained, holdout: Score | null): string[][] {
  const row = (name: string, one: Score) => [name, number(one.value), interval(one), String(one.rows)];
  return [
    ...(holdout === null ? [] : [row('holdout, opened once', holdout)]),
    row('score rows, hidden from the search', score),
    row('training rows, out of fold', oof),
    ...(claimed == null
      ? []
      : [["the training's own number, shown and never used", number(claimed), '', '']]),
  ];
}

/** What the search was judged by has promised too much, or the holdout is too small to say. */
function shortfall(score: Score, holdout: Score | null, toward: Direction): string[] {
  const [low, high] = score.interval;
  const bound = toward === 'maximize' ? low : high;
  if (holdout === null || !isBetter(bound, holdout.value, toward)) return [];
  const noise = Math.hypot(score.standardError, holdout.standardError);
  if (Math.abs(score.value - holdout.value) < PAST_NOISE * noise) {
    return [
      `On the ${holdout.rows} rows of the holdout the model is worse than on the score rows, by no more than chance explains on so few: both numbers are one estimate of the same, and the wider interval is the safer one.`,
    ];
  }
  return [
    `**On the holdout the model is worse than its score led to expect:** ${number(holdout.value)}, outside of ${interval(score)}. Go by the holdout. It may be that few rows or rare classes made the score uncertain, that its rows are easier, or that the data change from the one to the other.`,
  ];
}

/** Of the candidate, then of the data it was made from. */
function checks({ trust, findings = [], data }: PackageWork): string[] {
  const verdict =
    trust === undefined
      ? 'No check of the candidate was made.'
      : `The candidate is **${trust.label}**${trust.reasons.length === 0 ? ': every check was made and found nothing' : ''}.`;
  return [
    verdict,
    ...list(trust?.reasons ?? []),
    ...list(findings.map(findingText)),
    ...list((data.findings ?? []).map((one) => `data, ${findingText(one)}`)),
  ];
}

function findingText({ check, severity, evidence, remedy }: Finding): string {
  return `${severity}: ${check}. ${evidence}${remedy === null ? '' : ` ${remedy}`}`;
}

function limits({ task, data, plan, trained }: PackageWork): string[] {
  const { kind, features, tables = [], targets, target } = data.task;
  const from = [
    ...(features.length === 0 ? [] : [countText(features.length, 'feature')]),
    ...tables.map(({ name }) => `the table \`${name}\``),
  ];
  return [
    `It predicts ${targets?.join(', ') ?? target} (${kind}) from ${from.join(' and ')} as in the training data, for rows like those. Rows of another time, place or population are not covered by the numbers above; nor is any use in which a wrong prediction harms somebody and nobody looks at it.`,
    ...list([
      ...(plan.inferenceCost.trim() === '' ? [] : [`Cost of a prediction: ${plan.inferenceCost}`]),
      `Trained in ${trained.seconds.toFixed(0)} s; fairness between groups of people was not examined.`,
      ...(task.constraints?.transductive === 'allowed'
        ? [
            'Its answers may depend on the other rows that are predicted with them: fewer or other rows may be predicted worse.',
          ]
        : []),
    ]),
  ];
}

/** One item a line, whatever the text; nothing where there is none. */
function list(items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [items.map((item) => `- ${paragraph(item)}`).join('\n')];
}

function boardRow(entry: BoardEntry): string[] {
  return [
    entry.candidate,
    entry.plan.name,
    entry.state,
    entry.score === null ? '' : `${number(entry.score.value)} ± ${number(entry.score.standardError)}`,
    entry.oof === null ? '' : number(entry.oof.value),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return inline(text.replaceAll('\\', '\\\\').replaceAll('|', '\\|'));
}

/** One paragraph, whatever an agent has written: no heading and no list of its own. */
function paragraph(text: string): string {
  return inline(text).replace(/^(?=[#>+*=|~-])/u, '\\');
}

/** One line without pictures and HTML. */
function inline(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.replaceAll('<', '&lt;').replaceAll('![', '!\\[');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function number(value: number): string {
  return String(Number(value.toPrecision(5)));
}

function interval({ interval: [low, high] }: Score): string {
  return `${number(low)} … ${number(high)}`;
}
