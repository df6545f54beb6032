/** Whether a deliverable predicts what the record says. */
import { join } from 'node:path';
import { fetchOutput } from '../../adapters/program-output.ts';
import { EMPTY, type Graded, type GraderPorts, type Of } from './ports.ts';

/** Largest difference, relative above 1, at which a deliverable still reproduces its record. */
const TOLERANCE = 1e-6;

export async function compareWithRecord(
  { bus, harness }: GraderPorts,
  folder: string,
  work: Of<'reproduce'>,
): Promise<Graded> {
  const record = await fetchOutput(bus.store, work.record, 'predictions.csv', join(folder, 'record.csv'));
  const reproduced = await fetchOutput(bus.store, work.reproduced, 'raw.csv', join(folder, 'reproduced.csv'));
  const found = await harness.reproduce({ record, reproduced, tolerance: TOLERANCE, task: work.data.task });
  const note = `${found.rows} rows predicted again; largest difference ${found.maxDifference.toPrecision(3)}, tolerance ${TOLERANCE}`;
  return { ...EMPTY, agree: found.agree, notes: [note] };
}
