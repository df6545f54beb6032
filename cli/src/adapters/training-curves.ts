/** What trainings reported while they ran, as they left it in `metrics.jsonl`. */
import type { Bus } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';
import type { CurvePoint, TrainingCurves } from '@modelwright/report';
import { z } from 'zod';

const METRICS = 'metrics.jsonl';
/** A longer file is left out: its curves are in the telemetry of the run as long as that is kept. */
const MOST_BYTES = 16 * 1024 * 1024;

const point = z.object({ step: z.number(), name: z.string(), value: z.number() });

/** Of each training its curves; none where it reported nothing. */
export async function trainingCurves(
  bus: Bus,
  trainings: ReadonlyArray<{ readonly candidate: string; readonly output: TreeRef }>,
): Promise<TrainingCurves[]> {
  const all: TrainingCurves[] = [];
  for (const { candidate, output } of trainings) {
    const { files } = await bus.store.readManifest(output);
    const file = files.find(({ path }) => path === METRICS);
    if (file === undefined || file.size > MOST_BYTES) continue;
    const bytes = await bus.store.getTreeFile(output, METRICS);
    const points = bytes === null ? [] : pointsIn(new TextDecoder().decode(bytes));
    if (points.length > 0) all.push({ candidate, points });
  }
  return all;
}

/** Lines that are no points, such as values that are no numbers, are left out: a candidate wrote them. */
export function pointsIn(text: string): CurvePoint[] {
  return text.split('\n').flatMap((line) => {
    const read = point.safeParse(parsed(line));
    return read.success ? [read.data] : [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
