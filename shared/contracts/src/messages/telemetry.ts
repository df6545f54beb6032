/** What a training reports while it runs. Sent by runners to TELEMETRY; old entries are discarded. */
import { z } from 'zod';
import type { RunId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { PREFIX } from '../subjects.ts';

/** Points of the curves in `metrics.jsonl`, in file order; `first` is the number of the first line, from 0. */
export const metricsReported = defineMessage(
  'metrics-reported.v1',
  z.object({
    job: z.string(),
    attempt: z.int().positive(),
    first: z.int().nonnegative(),
    points: z
      .array(z.object({ step: z.number(), name: z.string(), value: z.number(), time: z.number() }))
      .max(1000),
    /** Values that are no numbers, which no curve can hold: each is a flag on it. */
    notFinite: z
      .array(
        z.object({
          step: z.number(),
          name: z.string(),
          is: z.enum(['nan', 'infinity', '-infinity']),
          time: z.number(),
        }),
      )
      .max(1000)
      .optional(),
  }),
);

/** Lines of output, numbered from 0 within their stream. */
export const logReported = defineMessage(
  'log-reported.v1',
  z.object({
    job: z.string(),
    attempt: z.int().positive(),
    stream: z.enum(['stdout', 'stderr']),
    first: z.int().nonnegative(),
    lines: z.array(z.string()).max(1000),
  }),
);

export const telemetrySubject = (run: RunId, jobId: string, attempt: number, kind: 'metric' | 'log') =>
  `${PREFIX}.tel.${run}.${jobId}.${attempt}.${kind}`;
/** Of all attempts of a job. */
export const jobTelemetryFilter = (run: RunId, jobId: string, kind: 'metric' | 'log') =>
  `${PREFIX}.tel.${run}.${jobId}.*.${kind}`;
export const runTelemetryFilter = (run: RunId) => `${PREFIX}.tel.${run}.>`;
