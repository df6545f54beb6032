/** May a candidate's score be believed, as far as that can be told without a training? Paths are absolute. */
import { datasetTask, metricName } from '@modelwright/contracts';
import { z } from 'zod';
import { type Examined, examined } from '../answers/examined.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';

const known = z.object({ score: z.number(), standardError: z.number() });

export const inspectRequest = z.object({
  metric: metricName,
  task: datasetTask,
  /** On hidden rows, and out of fold. */
  score: known,
  oof: known.optional(),
  /** Of the best candidate before; `beaten`: past noise, on the hidden rows. */
  reference: z.object({ score: known, oof: known, beaten: z.boolean() }).optional(),
  /** What the training said of itself. */
  claimed: z.number().optional(),
  /** What the rows of the probe are, and predictions of them and of the score rows. */
  probe: z.object({ map: z.string(), scored: z.string(), answers: z.string() }).optional(),
  /** What the program opened while it predicted the probe. */
  opened: z.string().optional(),
  /** Folders: the candidate's files, and the template that it began with. */
  code: z.string().optional(),
  template: z.string().optional(),
  model: z.string().optional(),
  train: z.string(),
  /** Predictions may depend on the other rows. */
  transductive: z.boolean(),
});
export type InspectRequest = z.infer<typeof inspectRequest>;

const INSPECT: HarnessCommand<InspectRequest, Examined> = {
  name: 'inspect',
  request: inspectRequest,
  answer: examined,
  reads: ({ probe, opened, code, template, model, train }) => [
    probe?.map,
    probe?.scored,
    probe?.answers,
    opened,
    code,
    template,
    model,
    train,
  ],
  writes: () => [],
};

export function inspect(
  harness: Harness,
  request: InspectRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<Examined>> {
  return runHarness(harness, INSPECT, request, signal);
}
