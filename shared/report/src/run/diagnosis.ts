/** Where a candidate is wrong, as the harness wrote it into the log. Parts that are absent or not understood are left out. */
import { z } from 'zod';

/** A part that is not as expected is absent: one of a newer harness must not hide the others. */
const part = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const diagnosis = z.object({
  confusion: part(
    z.object({
      pairs: z.array(z.object({ truth: z.string(), predicted: z.string(), rows: z.number() })),
      worstClasses: z
        .array(z.object({ class: z.string(), rows: z.number(), recall: z.number(), precision: z.number() }))
        .default([]),
    }),
  ),
  calibration: part(
    z.object({
      error: z.number(),
      overconfidence: z.number(),
      bins: z.array(z.object({ said: z.number(), was: z.number(), rows: z.number() })),
    }),
  ),
  residuals: part(
    z.object({
      bias: z.number(),
      quantiles: z.record(z.string(), z.number()),
      byTruth: z.array(
        z.object({
          from: z.number(),
          to: z.number(),
          rows: z.number(),
          bias: z.number(),
          meanAbsolute: z.number(),
        }),
      ),
    }),
  ),
  slices: part(
    z.array(
      z.object({
        feature: z.string(),
        slice: z.string(),
        rows: z.number(),
        loss: z.number(),
        overall: z.number(),
        standardErrors: z.number(),
      }),
    ),
  ),
});
export type DiagnosisReport = z.infer<typeof diagnosis> & {
  /** What else was written, by name. */
  readonly others: ReadonlyArray<{ readonly name: string; readonly value: unknown }>;
};

const object = z.record(z.string(), z.unknown());

/** Null where nothing was written, or no JSON: it says why there is none. */
export function diagnosisReport(text: string | null): DiagnosisReport | null {
  const read = object.safeParse(parsed(text));
  if (!read.success) return null;
  const known = new Set(Object.keys(diagnosis.shape));
  const others = Object.entries(read.data).flatMap(([name, value]) =>
    known.has(name) || isEmpty(value) ? [] : [{ name, value }],
  );
  return { ...diagnosis.parse(read.data), others };
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
