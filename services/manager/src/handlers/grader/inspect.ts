/** Whether a candidate's score may be believed, as far as its files, its numbers and the probe tell. */
import { join } from 'node:path';
import { judgedData } from '@modelwright/agent-host';
import type { Comparison, Score } from '@modelwright/contracts';
import type { Estimate, InspectRequest } from '@modelwright/harness';
import { checkoutBundle, templateFolder } from '@modelwright/workspace';
import { fetchOptional } from '../../adapters/program-output.ts';
import { NOT_AUDITED, reasonsOf, trustOf } from '../../core/trust.ts';
import type { Bench, Judged } from './bench.ts';
import { orUnmade } from './or-unmade.ts';
import type { Graded, GraderPorts, Of } from './ports.ts';

export interface Inspected {
  readonly work: Of<'score'>;
  readonly own: Judged;
  readonly estimate: Estimate;
  /** Null where the training left no out-of-fold predictions that can be judged. */
  readonly oof: Score | null;
  readonly comparison: Comparison | null;
}

export async function inspectCandidate(
  ports: GraderPorts,
  bench: Bench,
  inspected: Inspected,
): Promise<Pick<Graded, 'findings' | 'trust'>> {
  const { work, estimate, oof } = inspected;
  const { findings, unmade } = await orUnmade('checks', async () =>
    ports.harness.inspect({
      ...bench.training,
      score: { score: estimate.score, standardError: estimate.standardError },
      ...(oof === null ? {} : { oof: { score: oof.value, standardError: oof.standardError } }),
      ...(await referenceOf(ports, inspected)),
      ...(typeof work.claimed === 'number' ? { claimed: work.claimed } : {}),
      ...(await probeOf(ports, bench, inspected)),
      ...(await codeOf(ports, bench, work)),
      model: await modelOf(ports, bench, work),
      transductive: (work.data.unlabelled ?? null) !== null,
    }),
  );
  return { findings, trust: trustOf(findings, [...reasonsOf(unmade, work.data), NOT_AUDITED]) };
}

/** Both scores of the best so far, whose gap between them is the data's and not this candidate's. */
async function referenceOf(
  { scores }: GraderPorts,
  { work, estimate, comparison }: Inspected,
): Promise<Pick<InspectRequest, 'reference'>> {
  const { against, data } = work;
  if (against === null || comparison === null) return {};
  const other = await scores.of(judgedData(data), against.trained);
  if (other.score === null) return {};
  const { value, standardError } = other.score;
  const score = estimate.score - comparison.difference;
  return {
    reference: {
      oof: { score: value, standardError },
      score: { score, standardError: estimate.standardError },
      beaten: comparison.better,
    },
  };
}

async function probeOf(
  { bus }: GraderPorts,
  bench: Bench,
  { work, own }: Inspected,
): Promise<Pick<InspectRequest, 'probe' | 'opened'>> {
  const [scored] = own.predictions;
  if (work.probe === undefined || scored === undefined) return {};
  const at = (name: string) => join(bench.folder, name);
  const answers = await fetchOptional(bus.store, work.probe, 'predictions.csv', at('probe.csv'));
  const opened = await fetchOptional(bus.store, work.probe, 'opened.jsonl', at('opened.jsonl'));
  return {
    ...(answers === null
      ? {}
      : { probe: { map: join(bench.folder, 'truth', 'probe.csv'), scored, answers } }),
    ...(opened === null ? {} : { opened }),
  };
}

async function codeOf(
  { bus }: GraderPorts,
  bench: Bench,
  { version }: Of<'score'>,
): Promise<Pick<InspectRequest, 'code' | 'template'>> {
  if (version === undefined) return {};
  const [bundle, code] = [join(bench.folder, 'bundle'), join(bench.folder, 'code')];
  await bus.store.getFile(version.bundle, bundle);
  await checkoutBundle(bundle, version.commit, code);
  return { code, template: templateFolder() };
}

async function modelOf({ bus }: GraderPorts, bench: Bench, { trained }: Of<'score'>): Promise<string> {
  const output = join(bench.folder, 'output');
  await bus.store.getTree(trained, output, { path: 'model' });
  return join(output, 'model');
}
