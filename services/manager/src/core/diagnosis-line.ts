/** What a diagnosis says in one line: the worst class, the most frequent mistake, the worst slice, bias and overconfidence. */
import { z } from 'zod';
import { oneLine } from './one-line.ts';

const diagnosis = z.object({
  confusion: z
    .object({
      pairs: z.array(z.object({ truth: z.string(), predicted: z.string(), rows: z.number() })),
      worstClasses: z.array(z.object({ class: z.string(), recall: z.number() })),
    })
    .optional(),
  calibration: z.object({ overconfidence: z.number() }).optional(),
  residuals: z.object({ bias: z.number() }).optional(),
  slices: z.array(
    z.object({
      feature: z.string(),
      slice: z.string(),
      rows: z.number(),
      loss: z.number(),
      overall: z.number(),
    }),
  ),
  gap: z.object({ train: z.number(), validation: z.number() }).optional(),
  curves: z.array(z.object({ name: z.string(), verdict: z.string() })).optional(),
});
type Diagnosis = z.infer<typeof diagnosis>;

const NOTABLE_OVERCONFIDENCE = 0.02;

/** A text that is no diagnosis is shown as it begins. */
export function diagnosisLine(text: string, most: number): string {
  const read = diagnosis.safeParse(parsed(text));
  return oneLine(read.success ? summary(read.data) : text, most);
}

function summary(found: Diagnosis): string {
  const { confusion, calibration, residuals, slices } = found;
  const [worst] = confusion?.worstClasses ?? [];
  const [pair] = confusion?.pairs ?? [];
  const [slice] = slices;
  const over = calibration?.overconfidence ?? 0;
  const parts = [
    worst === undefined ? '' : `class ${worst.class} recall ${short(worst.recall)}`,
    pair === undefined ? '' : `${pair.truth} taken for ${pair.predicted} ${pair.rows}×`,
    slice === undefined
      ? ''
      : `${slice.feature} ${slice.slice}: loss ${short(slice.loss)} against ${short(slice.overall)} (${slice.rows} rows)`,
    residuals === undefined ? '' : `bias ${short(residuals.bias)}`,
    Math.abs(over) < NOTABLE_OVERCONFIDENCE
      ? ''
      : `${over > 0 ? 'over' : 'under'}confident by ${short(Math.abs(over))}`,
    ...ofTraining(found),
  ];
  return parts.filter((part) => part !== '').join('; ') || 'nothing stands out';
}

/** A curve that is flat says nothing that anybody could act on. */
function ofTraining({ gap, curves = [] }: Diagnosis): string[] {
  const apart =
    gap === undefined ? [] : [`${short(gap.train)} in training, ${short(gap.validation)} held out`];
  const telling = curves.find(({ verdict }) => verdict !== 'flat');
  return telling === undefined ? apart : [...apart, `${telling.name} ${telling.verdict}`];
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
