/** A candidate's score on hidden labels, its comparison with the best, its submission, and its diagnosis. */
import { join } from 'node:path';
import { judgedData } from '@modelwright/agent-host';
import type { BlobRef, TreeRef } from '@modelwright/contracts';
import type { Decision } from '@modelwright/harness';
import { shownScore } from '../../adapters/harness.ts';
import { fetchOutput, modelBytes } from '../../adapters/program-output.ts';
import { type Bench, type Judged, judged, lay } from './bench.ts';
import { inspectCandidate } from './inspect.ts';
import { EMPTY, type Graded, type GraderPorts, type Of } from './ports.ts';

/** Characters of a diagnosis that travel with the score. */
const MOST_DIAGNOSIS = 20_000;

export async function scoreCandidate(ports: GraderPorts, folder: string, work: Of<'score'>): Promise<Graded> {
  const bench = await lay(ports, folder, work.data);
  const own = await judged(ports, bench, 'own', work);
  const estimate = await ports.harness.grade({ ...bench.judge('score'), ...own });
  const oof = await ports.scores.of(judgedData(work.data), work.trained);
  const comparison = await compareWith(ports, bench, own, work);
  const inspected = await inspectCandidate(ports, bench, { work, own, estimate, oof: oof.score, comparison });
  return {
    ...EMPTY,
    ...inspected,
    modelBytes: await modelBytes(ports.bus.store, work.trained),
    score: shownScore(estimate),
    comparison,
    submission:
      work.test === null ? null : await submission(ports, bench, { test: work.test, decision: own.decision }),
    diagnosis: oof.diagnosis === null ? oof.problem : JSON.stringify(oof.diagnosis).slice(0, MOST_DIAGNOSIS),
  };
}

/** With the best so far; null where there is none yet. */
async function compareWith(
  ports: GraderPorts,
  bench: Bench,
  own: Judged,
  { against, queries: before = 0 }: Of<'score'>,
): Promise<Graded['comparison']> {
  if (against === null) return null;
  const other = await judged(ports, bench, 'other', against);
  const queries = before + 1;
  const { difference, standardError, better, gate } = await ports.harness.compare({
    ...bench.judge('score'),
    a: own.predictions,
    decisionA: own.decision,
    b: other.predictions,
    decisionB: other.decision,
    queries,
  });
  return {
    against: against.candidate,
    difference: inQuarters(difference, standardError),
    standardError,
    better,
    gate,
    queries,
  };
}

/** To a quarter of its standard error: what is finer would be noise to climb on. */
function inQuarters(difference: number, standardError: number): number {
  const step = standardError / 4;
  return step > 0 ? Math.round(difference / step) * step : difference;
}

async function submission(
  { bus, harness }: GraderPorts,
  bench: Bench,
  of: { test: TreeRef; decision: Decision },
): Promise<BlobRef | null> {
  const { form, task } = bench.data;
  if (form === null) return null;
  const folder = join(bench.folder, 'submission');
  await bus.store.getTree(form, join(folder, 'form'));
  const raw = await fetchOutput(bus.store, of.test, 'predictions.csv', join(folder, 'raw.csv'));
  const out = join(folder, 'submission.csv');
  await harness.submission({ raw, decision: of.decision, task, form: join(folder, 'form'), out });
  return await bus.store.putFile('artifacts', out);
}
