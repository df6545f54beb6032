/** What kind of answer is asked for, by the columns that hold it. */
import type { TaskKind } from '@modelwright/contracts';
import { type Profiles, portraitOf } from './bare-folder.ts';

export type AnswerKind = Extract<TaskKind, 'classification' | 'regression' | 'multilabel' | 'multioutput'>;

/** A column of whole numbers with so few different ones holds classes rather than measurements. */
const FEW_VALUES = 20;

export function answerKind(
  { train }: Profiles,
  columns: readonly string[],
  classColumns: boolean,
): AnswerKind {
  const portraits = columns.map((name) => portraitOf(train, name) ?? familyOf(train, name));
  if (columns.length > 1) {
    const flags = portraits.every((one) => one?.whole === true && one.smallest === 0 && one.largest === 1);
    return flags ? 'multilabel' : 'multioutput';
  }
  const [answer] = portraits;
  if (classColumns) return 'classification';
  if (answer === undefined || answer === null) return 'regression';
  if (answer.kind !== 'numeric') return 'classification';
  const few = answer.distinct !== null && answer.distinct <= FEW_VALUES;
  return answer.whole === true && few ? 'classification' : 'regression';
}

/** Columns whose names differ in numbers alone are told in one entry. */
function familyOf(train: Profiles['train'], name: string) {
  const digits = /[0-9]+/g;
  const family = name.replace(digits, '#');
  return (
    train.columns.find((one) => one.through !== undefined && one.name.replace(digits, '#') === family) ?? null
  );
}
