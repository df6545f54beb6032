/** Whether a deliverable predicts what the record says, and hands in what was asked for. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PermanentFailure } from '@modelwright/bus';
import { fetchOutput } from '../../adapters/program-output.ts';
import { EMPTY, type Graded, type GraderPorts, type Of } from './ports.ts';

/** Largest difference, relative above 1, at which a deliverable still reproduces its record. */
const TOLERANCE = 1e-6;

type Ports = Pick<GraderPorts, 'bus' | 'harness'>;
type Reproduce = Of<'reproduce'>;

interface Verdict {
  readonly agree: boolean;
  readonly notes: readonly string[];
}

export async function compareWithRecord(ports: Ports, folder: string, work: Reproduce): Promise<Graded> {
  const verdicts = [await sameNumbers(ports, folder, work)];
  if (work.delivered !== undefined) {
    verdicts.push(await validSubmission(ports, folder, { ...work, delivered: work.delivered }));
  }
  return {
    ...EMPTY,
    agree: verdicts.every(({ agree }) => agree),
    notes: verdicts.flatMap(({ notes }) => notes),
  };
}

async function sameNumbers({ bus, harness }: Ports, folder: string, work: Reproduce): Promise<Verdict> {
  const record = await fetchOutput(bus.store, work.record, 'predictions.csv', join(folder, 'record.csv'));
  const raw = await fetchOutput(bus.store, work.reproduced, 'raw.csv', join(folder, 'raw.csv'));
  const found = await harness.reproduce({
    record,
    reproduced: raw,
    tolerance: TOLERANCE,
    task: work.data.task,
  });
  return {
    agree: found.agree,
    notes: [`${found.rows} rows predicted again; ${largest(found.maxDifference)}`],
  };
}

/** What lies in the deliverable, and what its own program wrote for the same rows where it was proved. */
async function validSubmission(
  { bus, harness }: Ports,
  folder: string,
  { data, reproduced, delivered }: Reproduce & { readonly delivered: NonNullable<Reproduce['delivered']> },
): Promise<Verdict> {
  const { store } = bus;
  if (data.form === null)
    throw new PermanentFailure('no-form', 'there are test rows, and no form to hand in');
  const form = join(folder, 'form');
  const test = join(folder, 'test');
  await Promise.all([mkdir(form), mkdir(test)]);
  await store.getTree(data.form, form);
  const own = (name: string) => fetchOutput(store, delivered.tree, name, join(folder, name));
  const again = (name: string) => fetchOutput(store, reproduced, `test/${name}`, join(test, name));
  const found = await harness.validate({
    submission: await own('submission.csv'),
    format: join(form, 'format.json'),
    ids: join(form, 'ids.csv'),
    task: data.task,
    decision: await own('decision.json'),
    again: {
      submission: await again('submission.csv'),
      raw: await again('raw.csv'),
      record: await fetchOutput(store, delivered.test, 'predictions.csv', join(test, 'record.csv')),
      tolerance: TOLERANCE,
    },
  });
  const valid = `submission.csv has the form that was asked for; ${found.rows} rows predicted again; ${largest(found.maxDifference)}`;
  return { agree: found.agree, notes: found.faults.length === 0 ? [valid] : found.faults };
}

function largest(difference: number): string {
  return `largest difference ${difference.toPrecision(3)}, tolerance ${TOLERANCE}`;
}
