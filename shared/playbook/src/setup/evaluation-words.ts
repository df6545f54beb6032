/** What a description says of how predictions are judged. */
import type { MetricName } from '@modelwright/contracts';

export interface MetricWords {
  readonly metric: MetricName;
  /** As it stands there. */
  readonly words: string;
  /** Null when it is that metric, or one that puts models into the same order. */
  readonly doubt: string | null;
}

interface Phrase {
  readonly says: RegExp;
  readonly metric: MetricName;
  /** What is really meant, where the metric is only the nearest that the harness knows. */
  readonly instead?: string;
}

/** The more particular first: what one has taken, those after it do not see. */
const PHRASES: readonly Phrase[] = [
  {
    says: /quadratic(ally)?[- ]weighted[- ]kappa|\bqwk\b|quadratic kappa|cohen'?s kappa/i,
    metric: 'quadratic_kappa',
  },
  { says: /root[- ]mean[- ]squared?[- ]log(arithmic)?([- ]error)?|\brmsle\b/i, metric: 'rmsle' },
  { says: /(\brmse\b|root[- ]mean[- ]squared?[- ]error)[^.\n]{0,80}\blog(arithm)?/i, metric: 'rmsle' },
  { says: /root[- ]mean[- ]squared?[- ](error|deviation)|\brmse\b/i, metric: 'rmse' },
  {
    says: /\bsmape\b|symmetric mean absolute percentage/i,
    metric: 'mape',
    instead: 'the symmetric percentage error',
  },
  { says: /mean absolute percentage error|\bmape\b/i, metric: 'mape' },
  { says: /median absolute error/i, metric: 'mae', instead: 'the median absolute error' },
  { says: /mean absolute error|\bmae\b/i, metric: 'mae' },
  { says: /mean squared error|\bmse\b/i, metric: 'rmse' },
  { says: /log(arithmic)?[- ]?loss|cross[- ]entropy|negative log[- ]likelihood/i, metric: 'log_loss' },
  { says: /\broc\b|\bauc\b|area under (the )?(receiver|roc|curve)|\bgini\b/i, metric: 'roc_auc' },
  { says: /average precision|\bmap@|precision[- ]recall/i, metric: 'roc_auc', instead: 'average precision' },
  { says: /matthews|\bmcc\b/i, metric: 'mcc' },
  { says: /balanced accuracy|macro[- ](averaged )?recall/i, metric: 'balanced_accuracy' },
  { says: /macro[- ](averaged?[- ])?f-?1|f-?1[- _]?(score )?\(?macro/i, metric: 'f1_macro' },
  { says: /micro[- ](averaged?[- ])?f-?1|f-?1[- _]?(score )?\(?micro/i, metric: 'f1_micro' },
  { says: /\bf-?1\b|f[- ]?(score|measure|beta)/i, metric: 'f1_macro', instead: 'F1 of some kind' },
  { says: /\br2\b|r²|r\^2|r[- ]squared|coefficient of determination/i, metric: 'r2' },
  { says: /pearson|spearman/i, metric: 'r2', instead: 'a correlation' },
  { says: /accuracy|(percentage|proportion|fraction|share) of [^.\n]{0,40}correct/i, metric: 'accuracy' },
];

const JUDGING = /^#{0,6}\s*\**\s*(evaluation|metric|scoring|how .*(judged|scored|evaluated))/i;
const LONGEST_HEADING = 80;
const DEEPEST = 6;
const SENTENCE =
  /[^.\n]*\b(evaluated|scored|judged|metric|graded|measured|score is)\b[^.\n]*(\.[0-9][^.\n]*)*/gi;

/** Null when no metric is named that is known or near to a known one. */
export function metricIn(description: string): MetricWords | null {
  return (
    firstIn(sectionOf(description)) ??
    firstIn((description.match(SENTENCE) ?? []).join('\n')) ??
    unsure(firstIn(description))
  );
}

/** What stands below a heading about evaluation, its own subheadings included. */
function sectionOf(description: string): string {
  const lines = description.split('\n');
  const start = lines.findIndex((line) => JUDGING.test(line) && line.length < LONGEST_HEADING);
  if (start < 0) return '';
  const level = levelOf(lines[start] ?? '') || DEEPEST;
  const length = lines
    .slice(start + 1)
    .findIndex((line) => levelOf(line) > 0 && levelOf(line) <= level && !JUDGING.test(line));
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}

/** Number of its hashes; 0 for what is no heading. */
function levelOf(line: string): number {
  return /^#{1,6}(?=\s)/.exec(line)?.[0].length ?? 0;
}

/** The metric that is named first. */
function firstIn(text: string): MetricWords | null {
  let rest = text;
  const named: (MetricWords & { readonly at: number })[] = [];
  for (const { says, metric, instead } of PHRASES) {
    const match = says.exec(rest);
    if (match === null) continue;
    const [words] = match;
    const doubt =
      instead === undefined
        ? null
        : `the description asks for ${instead}, which is not known here: ${metric} is taken`;
    named.push({ metric, words, doubt, at: match.index });
    rest = rest.replaceAll(words, ' '.repeat(words.length));
  }
  const [first] = named.sort((a, b) => a.at - b.at);
  return first === undefined ? null : { metric: first.metric, words: first.words, doubt: first.doubt };
}

function unsure(named: MetricWords | null): MetricWords | null {
  if (named === null) return null;
  return {
    ...named,
    doubt:
      named.doubt ??
      `the description mentions ${named.words} without saying that it is the metric: ${named.metric} is taken`,
  };
}
