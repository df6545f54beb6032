/** The message streams. Sizes suit a laptop; `applyTopology` scales them. */
import { PREFIX } from '@modelwright/contracts';
import type { StreamName } from './names.ts';
import { HOUR_MS, MiB, type StreamPlan } from './plan.ts';

export const STREAMS: readonly (StreamPlan & { readonly name: StreamName })[] = [
  {
    name: 'RUNS',
    subjects: [`${PREFIX}.run.*.log`],
    retention: 'limits',
    discard: 'new',
    maxBytes: 256 * MiB,
    denyDelete: true,
  },
  {
    name: 'INBOX',
    subjects: [`${PREFIX}.inbox.>`],
    retention: 'work-queue',
    discard: 'new',
    maxBytes: 128 * MiB,
  },
  {
    name: 'WORK',
    subjects: [`${PREFIX}.work.>`],
    retention: 'work-queue',
    discard: 'new',
    maxBytes: 128 * MiB,
  },
  {
    name: 'JOBS',
    subjects: [`${PREFIX}.job.>`],
    retention: 'work-queue',
    discard: 'new',
    maxBytes: 128 * MiB,
  },
  {
    name: 'RESULTS',
    subjects: [`${PREFIX}.done.>`],
    retention: 'limits',
    discard: 'new',
    maxBytes: 256 * MiB,
  },
  { name: 'TURNS', subjects: [`${PREFIX}.turn.>`], retention: 'limits', discard: 'new', maxBytes: 512 * MiB },
  {
    name: 'TELEMETRY',
    subjects: [`${PREFIX}.tel.>`],
    retention: 'limits',
    discard: 'old',
    maxBytes: 512 * MiB,
    maxAgeMs: 30 * 24 * HOUR_MS,
  },
  { name: 'DLQ', subjects: [`${PREFIX}.dlq.>`], retention: 'limits', discard: 'new', maxBytes: 64 * MiB },
  {
    name: 'ADVISORIES',
    subjects: [
      '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>',
      '$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.>',
    ],
    retention: 'limits',
    discard: 'old',
    maxBytes: 16 * MiB,
    maxAgeMs: 30 * 24 * HOUR_MS,
  },
];
