/** Delivery: everything a person needs to use the model, in one folder. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, PermanentFailure } from '@modelwright/bus';
import type { WorkResult } from '@modelwright/contracts';
import { decisionModule, submissionModule } from '@modelwright/harness';
import { checkoutBundle, deliverableFolder } from '@modelwright/workspace';
import { fetchGrader } from '../adapters/grader-program.ts';
import type { Harness } from '../adapters/harness.ts';
import { fetchOutput, modelBytes } from '../adapters/program-output.ts';
import type { Scratch } from '../adapters/scratch.ts';
import { modelTooLarge } from '../core/limits.ts';
import { modelCard, type PackageWork } from '../core/model-card.ts';
import { pinnedRequirements } from '../core/requirements.ts';

export interface DeliveryPorts {
  readonly bus: Bus;
  readonly harness: Harness;
  readonly scratch: Scratch;
}

export async function packageModel(ports: DeliveryPorts, work: PackageWork): Promise<WorkResult> {
  const { bus, scratch } = ports;
  return await scratch.use('delivery', async (folder) => {
    const out = join(folder, 'deliverable');
    await cp(deliverableFolder(), out, { recursive: true });
    await holdToSize(bus, work);
    await bus.store.getTree(work.model, join(out, 'model'), { path: 'model' });
    await writeSource(bus, folder, out, work);
    const requirements = await pinned(out);
    await writeFile(join(out, 'requirements.txt'), requirements);
    await writeAnswers(ports, folder, out, work);
    await writeFile(join(out, 'MODEL_CARD.md'), modelCard(work));
    const { kind, store, sha256, size } = await bus.store.putTree('artifacts', out);
    return { role: 'delivery', deliverable: { kind, store, sha256, size }, requirements, notes: [] };
  });
}

/** A refit sees more rows, and some models grow with them. */
async function holdToSize(bus: Bus, { model, task }: PackageWork): Promise<void> {
  const most = task.constraints?.max_model_mb;
  const excess = most === undefined ? null : modelTooLarge(await modelBytes(bus.store, model), most);
  if (excess !== null) throw new PermanentFailure('over-limit', excess);
}

/** The candidate's code as it was trained, with the configuration that was chosen. */
async function writeSource(bus: Bus, folder: string, out: string, { trained }: PackageWork): Promise<void> {
  const bundle = join(folder, 'candidate.bundle');
  await bus.store.getFile(trained.version.bundle, bundle);
  await checkoutBundle(bundle, trained.version.commit, join(out, 'src'));
  await writeFile(join(out, 'src', 'config.json'), `${JSON.stringify(trained.config, null, 2)}\n`);
}

/** `model/about.json` says which packages the model was trained with. */
async function pinned(out: string): Promise<string> {
  const about = await readFile(join(out, 'model', 'about.json'), 'utf8').catch((error: unknown) => {
    throw new PermanentFailure('missing-output', 'the model folder has no about.json', { cause: error });
  });
  const requirements = pinnedRequirements(about);
  if (requirements === null) {
    throw new PermanentFailure('bad-output', 'model/about.json does not list packages with their versions');
  }
  return requirements;
}

/** How raw predictions become answers: the decision layer, the form of the answers, and the submission itself. */
async function writeAnswers(
  { bus, harness }: DeliveryPorts,
  folder: string,
  out: string,
  work: PackageWork,
): Promise<void> {
  const { task, form, datasets } = work.data;
  const training = join(folder, 'training');
  await bus.store.getTree(datasets.train, training);
  const oof = await fetchOutput(bus.store, work.trained.output, 'oof.csv', join(folder, 'oof.csv'));
  const decision = await harness.decide({
    metric: task.metric,
    task,
    train: join(training, 'train.csv'),
    oof,
    ...(await fetchGrader(bus.store, work.data.grader, folder)),
  });
  await writeFile(join(out, 'decision.json'), `${JSON.stringify(decision, null, 2)}\n`);
  await cp(decisionModule(), join(out, 'decision.py'));
  await cp(submissionModule(), join(out, 'submission_row.py'));
  if (form === null) return;
  await mkdir(join(folder, 'form'));
  await bus.store.getTree(form, join(folder, 'form'));
  await cp(join(folder, 'form', 'format.json'), join(out, 'submission.json'));
  if (work.test === null) return;
  const raw = await fetchOutput(bus.store, work.test, 'predictions.csv', join(folder, 'raw.csv'));
  const submission = join(out, 'submission.csv');
  await harness.submission({
    raw,
    decision,
    task,
    form: join(folder, 'form'),
    out: submission,
  });
}
