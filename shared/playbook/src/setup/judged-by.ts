/** The metric: as the description says; by the kind of answer where it says nothing that fits. */
import type { ColumnPortrait, MetricName } from '@modelwright/contracts';
import { type BareFolder, type Profiles, portraitOf } from './bare-folder.ts';
import { metricIn } from './evaluation-words.ts';

export interface Judged {
  readonly metric: MetricName;
  readonly doubts: readonly string[];
}

/** A column of whole numbers with so few different ones holds classes rather than measurements. */
const FEW_VALUES = 20;
/** A class this common makes the share of right answers say little. */
const DOMINANT = 0.8;

const OF_VALUES: ReadonlySet<MetricName> = new Set(['rmse', 'mae', 'rmsle', 'r2', 'mape']);

export function judgedBy(
  { description }: BareFolder,
  profiles: Profiles,
  target: { readonly column: string; readonly classColumns: boolean },
): Judged {
  const answer = portraitOf(profiles.train, target.column);
  const kind = kindOf(answer, target.classColumns);
  const named = description === null ? null : metricIn(description);
  if (named !== null && suits(named.metric, answer, kind)) {
    return { metric: named.metric, doubts: named.doubt === null ? [] : [named.doubt] };
  }
  const metric = kind === 'values' ? 'rmse' : ofClasses(answer, profiles, target);
  const why =
    named === null
      ? 'the folder does not say how predictions are judged'
      : `the description speaks of ${named.words}, which does not suit ${target.column}`;
  return {
    metric,
    doubts: [`${why}: ${metric} is taken, for ${kind === 'values' ? 'a number' : 'classes'}`],
  };
}

function kindOf(answer: ColumnPortrait | null, classColumns: boolean): 'classes' | 'values' {
  if (classColumns || answer === null) return classColumns ? 'classes' : 'values';
  if (answer.kind !== 'numeric') return 'classes';
  return answer.whole === true && answer.distinct !== null && answer.distinct <= FEW_VALUES
    ? 'classes'
    : 'values';
}

/** Whole numbers of few kinds may be either. */
function suits(metric: MetricName, answer: ColumnPortrait | null, kind: 'classes' | 'values'): boolean {
  if (OF_VALUES.has(metric)) return answer === null || answer.kind === 'numeric';
  return kind === 'classes' || (answer?.whole === true && answer.distinct !== null);
}

function ofClasses(
  answer: ColumnPortrait | null,
  { sample }: Profiles,
  { column, classColumns }: { readonly column: string; readonly classColumns: boolean },
): MetricName {
  if (classColumns) return 'log_loss';
  const two = answer?.distinct === 2;
  const asked = portraitOf(sample, column) ?? sample?.columns[1] ?? null;
  if (two && asked?.whole === false) return 'roc_auc';
  const common = answer?.levels?.[0]?.share ?? 0;
  if (common < DOMINANT) return 'accuracy';
  return two ? 'roc_auc' : 'f1_macro';
}
