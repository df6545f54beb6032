/** The probe: score rows in other company, predicted while somebody watches what the program opens. */
import type { PreparedData, TreeRef } from '@modelwright/contracts';
import type { CandidateIn } from './candidate.ts';
import type { PredictionJob } from './prediction-jobs.ts';
import { INFER } from './submit.ts';

/** As every candidate predicts, under the eyes of its kit. */
const WATCHED = [
  'sh',
  '-c',
  'exec python -m mw.watch "$MW_OUT/opened.jsonl" inference.py --model "$MW_INPUTS/model" --input "$MW_DATA" --output "$MW_OUT/predictions.csv"',
];

/** @param model That predicts the score rows, or those of the first round. */
export function probeJobs(
  id: string,
  { probe }: PreparedData,
  model: TreeRef | null,
): readonly PredictionJob[] {
  return probe === undefined ? [] : [{ id, of: 'probe', round: null, data: probe, model }];
}

/** A blend has no kit of its own. */
export function probeCommand({ members }: CandidateIn<'trained' | 'predicting'>): string[] {
  return members === undefined ? WATCHED : INFER;
}
