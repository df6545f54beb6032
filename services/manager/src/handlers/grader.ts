/**
 * The grader: alone reads hidden labels, and lets one rounded number out.
 *
 * A candidate's files come from untrusted programs. They are handed to the harness as files; what the harness refuses is
 * the candidate's failure, not the grader's.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OofScores } from '@modelwright/agent-host';
import type { Bus } from '@modelwright/bus';
import type {
  BlobRef,
  DatasetTask,
  MetricName,
  PreparedData,
  TreeRef,
  Work,
  WorkResult,
} from '@modelwright/contracts';
import type { Decision } from '@modelwright/harness';
import { exactScore, type Harness, shownScore } from '../adapters/harness.ts';
import { fetchOutput } from '../adapters/program-output.ts';
import type { Scratch } from '../adapters/scratch.ts';

export interface GraderPorts {
  readonly bus: Bus;
  readonly harness: Harness;
  readonly scores: OofScores;
  readonly scratch: Scratch;
}

type GraderWork = Extract<Work, { role: 'grader' }>;
type Of<Action extends GraderWork['action']> = Extract<GraderWork, { action: Action }>;
type Graded = Extract<WorkResult, { role: 'grader' }>;

/** Largest difference, relative above 1, at which a deliverable still reproduces its record. */
const TOLERANCE = 1e-6;
/** Characters of a diagnosis that travel with the score. */
const MOST_DIAGNOSIS = 20_000;

const EMPTY: Graded = {
  role: 'grader',
  score: null,
  comparison: null,
  submission: null,
  diagnosis: null,
  agree: null,
  notes: [],
};

export async function grade(ports: GraderPorts, work: GraderWork): Promise<WorkResult> {
  return await ports.scratch.use('grader', async (folder) => {
    switch (work.action) {
      case 'score':
        return await scoreCandidate(ports, folder, work);
      case 'holdout':
        return await scoreHoldout(ports, folder, work);
      case 'reproduce':
        return await compareWithRecord(ports, folder, work);
    }
  });
}

async function scoreCandidate(ports: GraderPorts, folder: string, work: Of<'score'>): Promise<Graded> {
  const bench = await lay(ports, folder, work.data);
  const own = await judged(ports, bench, 'own', work);
  const estimate = await ports.harness.grade({ ...bench.judge('score'), ...own });
  const oof = await ports.scores.of({ task: work.data.task, train: work.data.datasets.train }, work.trained);
  const comparison = work.against === null ? null : await compareWith(ports, bench, own, work.against);
  return {
    ...EMPTY,
    score: shownScore(estimate),
    comparison,
    submission:
      work.test === null ? null : await submission(ports, bench, { test: work.test, decision: own.decision }),
    diagnosis: oof.diagnosis === null ? oof.problem : JSON.stringify(oof.diagnosis).slice(0, MOST_DIAGNOSIS),
  };
}

async function compareWith(
  ports: GraderPorts,
  bench: Bench,
  own: Judged,
  against: NonNullable<Of<'score'>['against']>,
): Promise<Graded['comparison']> {
  const other = await judged(ports, bench, 'other', against);
  const compared = await ports.harness.compare({
    ...bench.judge('score'),
    a: own.predictions,
    decisionA: own.decision,
    b: other.predictions,
    decisionB: other.decision,
  });
  const { difference, standardError, better } = compared;
  return { against: against.candidate, difference, standardError, better };
}

async function scoreHoldout(ports: GraderPorts, folder: string, work: Of<'holdout'>): Promise<Graded> {
  const bench = await lay(ports, folder, work.data);
  const own = await judged(ports, bench, 'own', work);
  const estimate = await ports.harness.grade({ ...bench.judge('holdout'), ...own });
  return { ...EMPTY, score: exactScore(estimate) };
}

async function compareWithRecord(ports: GraderPorts, folder: string, work: Of<'reproduce'>): Promise<Graded> {
  const record = await fetchOutput(
    ports.bus.store,
    work.record,
    'predictions.csv',
    join(folder, 'record.csv'),
  );
  const reproduced = await fetchOutput(
    ports.bus.store,
    work.reproduced,
    'raw.csv',
    join(folder, 'reproduced.csv'),
  );
  const task = work.data.task;
  const found = await ports.harness.reproduce({ record, reproduced, tolerance: TOLERANCE, task });
  const note = `${found.rows} rows predicted again; largest difference ${found.maxDifference.toPrecision(3)}, tolerance ${TOLERANCE}`;
  return { ...EMPTY, agree: found.agree, notes: [note] };
}

/** The files that judging needs, laid out in a scratch folder. */
interface Bench {
  readonly folder: string;
  readonly data: PreparedData;
  judge(part: 'score' | 'holdout'): { metric: MetricName; task: DatasetTask; truth: string };
  readonly training: { metric: MetricName; task: DatasetTask; train: string };
}

async function lay({ bus }: GraderPorts, folder: string, data: PreparedData): Promise<Bench> {
  const truth = join(folder, 'truth');
  const train = join(folder, 'train');
  await Promise.all([bus.store.getTree(data.truth, truth), bus.store.getTree(data.datasets.train, train)]);
  const { metric } = data.task;
  return {
    folder,
    data,
    judge: (part) => ({ metric, task: data.task, truth: join(truth, `${part}.csv`) }),
    training: { metric, task: data.task, train: join(train, 'train.csv') },
  };
}

interface Judged {
  readonly predictions: string;
  readonly oof: string;
  readonly decision: Decision;
}

/** A candidate's predictions and its decision layer, fitted on its own out-of-fold predictions. */
async function judged(
  { bus, harness }: GraderPorts,
  bench: Bench,
  name: string,
  work: { predictions: TreeRef; trained: TreeRef },
): Promise<Judged> {
  const folder = join(bench.folder, name);
  await mkdir(folder);
  const predictions = await fetchOutput(
    bus.store,
    work.predictions,
    'predictions.csv',
    join(folder, 'predictions.csv'),
  );
  const oof = await fetchOutput(bus.store, work.trained, 'oof.csv', join(folder, 'oof.csv'));
  const decision = await harness.decide({ ...bench.training, oof });
  return { predictions, oof, decision };
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
