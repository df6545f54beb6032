/** The metric: as the description says; by the kind of answer where it says nothing that fits. */
import type { ColumnPortrait, MetricName, TaskKind } from '@modelwright/contracts';
import { answerKind } from './answers.ts';
import { type BareFolder, type Profiles, portraitOf } from './bare-folder.ts';
import { metricIn } from './evaluation-words.ts';

export interface Judged {
  readonly metric: MetricName;
  readonly doubts: readonly string[];
}

const OF_MASKS: ReadonlySet<MetricName> = new Set(['dice', 'iou']);
/** A class this common makes the share of right answers say little. */
const DOMINANT = 0.8;

const OF_VALUES: ReadonlySet<MetricName> = new Set(['rmse', 'mae', 'rmsle', 'r2', 'mape']);

interface Answered {
  readonly column: string;
  readonly columns: readonly string[];
  readonly classColumns: boolean;
}

export function judgedBy(folder: BareFolder, profiles: Profiles, target: Answered): Judged {
  const answer = portraitOf(profiles.train, target.column);
  const kind = answerKind(profiles, target.columns, target.classColumns);
  const usual = kind === 'classification' ? ofClasses(answer, profiles, target) : USUAL[kind];
  return chosen(folder, { kind, usual, suits: (metric) => suits(metric, answer, kind) }, target.column);
}

/** Where no table holds the answers: the label of a file, or its mask. */
export function judgedFiles(folder: BareFolder, answers: 'classes' | 'masks'): Judged {
  const kind = answers === 'masks' ? 'mask' : 'classification';
  return chosen(
    folder,
    { kind, usual: USUAL[kind], suits: (metric) => suits(metric, null, kind) },
    'the files',
  );
}

/** What rules can tell by looking. */
type Told = Exclude<TaskKind, 'boxes' | 'text'>;

interface Choice {
  readonly kind: Told;
  readonly usual: MetricName;
  suits(metric: MetricName): boolean;
}

function chosen({ description }: BareFolder, { kind, usual, suits }: Choice, what: string): Judged {
  const named = description === null ? null : metricIn(description);
  if (named !== null && suits(named.metric)) {
    return { metric: named.metric, doubts: named.doubt === null ? [] : [named.doubt] };
  }
  const why =
    named === null
      ? 'the folder does not say how predictions are judged'
      : `the description speaks of ${named.words}, which does not suit ${what}`;
  return { metric: usual, doubts: [`${why}: ${usual} is taken, for ${WORDS[kind]}`] };
}

const WORDS: Readonly<Record<Told, string>> = {
  classification: 'classes',
  regression: 'a number',
  multilabel: 'several labels',
  multioutput: 'several numbers',
  mask: 'a mask',
};

const USUAL: Readonly<Record<Told, MetricName>> = {
  classification: 'accuracy',
  regression: 'rmse',
  multilabel: 'roc_auc',
  multioutput: 'rmse',
  mask: 'dice',
};

/** Whole numbers of few kinds may be either. */
function suits(metric: MetricName, answer: ColumnPortrait | null, kind: Told): boolean {
  if (OF_MASKS.has(metric) || kind === 'mask') return OF_MASKS.has(metric) && kind === 'mask';
  if (kind === 'multilabel') return !OF_VALUES.has(metric);
  if (kind === 'multioutput') return OF_VALUES.has(metric);
  if (OF_VALUES.has(metric)) return kind === 'regression' || answer?.kind === 'numeric';
  return kind === 'classification' || (answer?.whole === true && answer.distinct !== null);
}

function ofClasses(
  answer: ColumnPortrait | null,
  { sample }: Profiles,
  { column, classColumns }: Answered,
): MetricName {
  if (classColumns) return 'log_loss';
  const two = answer?.distinct === 2;
  const asked = portraitOf(sample, column) ?? sample?.columns[1] ?? null;
  if (two && asked?.whole === false) return 'roc_auc';
  const common = answer?.levels?.[0]?.share ?? 0;
  if (common < DOMINANT) return 'accuracy';
  return two ? 'roc_auc' : 'f1_macro';
}
