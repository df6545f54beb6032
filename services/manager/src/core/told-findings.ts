/**
 * What agents are told of findings. The evidence of most checks is made from training rows, from code, or from features alone,
 * and is told as it stands. Where a check compares with hidden labels its evidence holds numbers finer than the score that the
 * grader lets out: of those the fact is told, and of checks that are not known here the name.
 */
import type { Finding } from '@modelwright/contracts';
import type { Candidate } from './candidate.ts';
import { oneLine } from './one-line.ts';
import type { OpenRun } from './run-state.ts';

/** Characters of one finding; names of files and columns can be long. */
const MOST = 400;
const MOST_FINDINGS = 12;

/** Hidden labels have no part in the evidence of these, or one that says nothing of a row. */
const TOLD_WHOLE: ReadonlySet<string> = new Set([
  'test-rows-in-train',
  'near-duplicate-images',
  'repeated-texts',
  'groups-across-parts',
  'times-across-parts',
  'feature-gives-target-away',
  'table-gives-target-away',
  'label-in-text',
  'id-tells-target',
  'order-tells-target',
  'score-rows-unlike-test-rows',
  'claimed-score',
  'depends-on-company',
  'sees-the-future',
  'stored-predictions',
  'ids-in-model',
  'kit-edited',
  'task-edited',
  'forbidden-path',
  'foreign-path',
  'oof-not-out-of-fold',
  'predicts-shuffled-target',
]);

const IN_OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['oof-above-hidden', 'Out of fold it scores better than on hidden rows, by more than noise explains.'],
  ['label-in-file-name', 'Names of files say the target.'],
  ['duplicates-across-parts', 'Some hidden rows have the features of a training row.'],
]);

/** Worst first; notes are left out: nothing follows from them. */
export function toldOf(findings: readonly Finding[]): string[] {
  const worst = findings.filter(({ severity }) => severity === 'suspicious');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return [...worst, ...warnings].slice(0, MOST_FINDINGS).map(sentence);
}

function sentence({ check, severity, evidence, remedy }: Finding): string {
  const seen = TOLD_WHOLE.has(check) ? evidence : (IN_OTHER_WORDS.get(check) ?? 'It has found something.');
  return oneLine(`${check} (${severity}): ${seen}${remedy === null ? '' : ` ${remedy}`}`, MOST);
}

/** What is wrong with the data, whoever learns from it. */
export function dataFindings({ phase }: OpenRun): string[] {
  return phase.name === 'preparing' ? [] : toldOf(phase.data.findings ?? []).map((one) => `data, ${one}`);
}

/** Of a candidate as far as it is checked. */
export function findingsIn(candidate: Candidate | undefined): string[] {
  return candidate?.stage === 'scored' ? toldOf(candidate.findings ?? []) : [];
}

/** For who works on what begins as another candidate: of the data, and of those it comes from. */
export function findingsFor(
  run: OpenRun,
  from: readonly (string | null)[] = [],
): { readonly findings?: string[] } {
  const known = from.filter((id) => id !== null);
  const own = known.flatMap((id) => findingsIn(run.candidates[id]).map((one) => `${id}, ${one}`));
  const findings = [...dataFindings(run), ...own];
  return findings.length === 0 ? {} : { findings };
}
