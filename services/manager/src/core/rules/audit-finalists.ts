/** The best, and those that may be as good, are trained on less and judged by it, before anything is blended or sealed. */
import type { PreparedData, TreeRef } from '@modelwright/contracts';
import { assign, assignmentsOf } from '../assign.ts';
import { AUDIT, type AuditJob, audited, auditId, auditOutcome, toAudit } from '../auditing.ts';
import { BLEND, type CandidateIn } from '../candidate.ts';
import { orderedSeconds } from '../ordered-trainings.ts';
import { outputOf } from '../round-jobs.ts';
import type { OpenRun } from '../run-state.ts';
import { join, type Step } from '../step.ts';
import { FINAL_ONLY, INFER, type JobOrder, programOf, submit } from '../submit.ts';
import { fitsBeforeSealing, mustSeal, trialSeconds } from '../time.ts';
import { NOT_AUDITED } from '../trust.ts';
import type { Rule } from './rule.ts';

type Scored = CandidateIn<'scored'>;

/** Starting, waiting, predicting and judging besides the trainings. */
const OVERHEAD_SECONDS = 30;
const PATIENCE = 3;
/** Of each that is looked at. */
const TRAININGS = 2;

export const auditFinalists: Rule = (run, now) => {
  const { phase } = run;
  if (phase.name !== 'aggregating' || mustSeal(run, now)) return null;
  if (assignmentsOf(run, BLEND, 'blend').length > 0) return null;
  return goOn(run, phase.data, now) ?? begin(run, phase.data, now);
};

/** As many as there is time for, the best first. */
function begin(run: OpenRun, data: PreparedData, now: number): Step | null {
  const chosen = toAudit(run, data);
  while (chosen.length > 0 && !fitsBeforeSealing(run, secondsOf(run, chosen), now)) chosen.pop();
  if (chosen.length === 0) return null;
  return join(chosen.flatMap((one) => trainings(run, one, data, now)));
}

function secondsOf(run: OpenRun, chosen: readonly Scored[]): number {
  const longest = Math.max(...chosen.map(({ trained }) => trained.seconds));
  const all = orderedSeconds(run) + TRAININGS * chosen.reduce((sum, { trained }) => sum + trained.seconds, 0);
  return Math.max(longest, all / Math.max(1, run.slots)) + OVERHEAD_SECONDS;
}

interface Training {
  readonly what: string;
  readonly variables: NonNullable<JobOrder['variables']>;
}

function trainings(run: OpenRun, one: Scored, data: PreparedData, now: number): Step[] {
  const train = (job: AuditJob, tree: TreeRef, { what, variables }: Training) =>
    submit(
      run,
      {
        ...orderOf(run, one, job),
        purpose: 'audit',
        accelerators: one.trained.version.accelerators,
        command: ['python', 'train.py'],
        data: tree,
        variables: { ...variables, MW_TIME_BUDGET_SECONDS: String(trialSeconds(run)) },
        wallSeconds: Math.round(one.trained.seconds * PATIENCE + OVERHEAD_SECONDS),
        reason: `${one.id} is trained ${what}`,
      },
      now,
    );
  return [
    ...(data.audit === undefined
      ? []
      : [train('fold', data.audit.train, { what: 'without one of the folds', variables: FINAL_ONLY })]),
    ...(data.shuffled === undefined
      ? []
      : [train('shuffled', data.shuffled, { what: 'on shuffled targets', variables: {} })]),
  ];
}

function goOn(run: OpenRun, data: PreparedData, now: number): Step | null {
  for (const one of audited(run)) {
    const model = outputOf(run.jobs[auditId(run, one, 'fold')]);
    if (model !== null && data.audit !== undefined && run.jobs[auditId(run, one, 'rows')] === undefined)
      return predict(run, one, { model, rows: data.audit.score }, now);
    if (assignmentsOf(run, one.id, AUDIT).length > 0) continue;
    const outcome = auditOutcome(run, one);
    if (outcome !== null) {
      return assign(
        run,
        {
          candidate: one.id,
          action: AUDIT,
          work: {
            role: 'grader',
            action: AUDIT,
            data,
            trained: one.trained.output,
            ...outcome,
            findings: [...(one.findings ?? [])],
            reasons: (one.trust?.reasons ?? []).filter((reason) => reason !== NOT_AUDITED),
          },
          deadline: run.deadline,
          reason: `${one.id} is to be judged by what it does with less`,
        },
        now,
      );
    }
  }
  return null;
}

function predict(
  run: OpenRun,
  one: Scored,
  { model, rows }: { readonly model: TreeRef; readonly rows: TreeRef },
  now: number,
): Step {
  return submit(
    run,
    {
      ...orderOf(run, one, 'rows'),
      purpose: 'infer',
      command: INFER,
      data: rows,
      inputs: { model: { tree: model, path: 'model' } },
      reason: `${one.id}, trained without one of the folds, predicts it`,
    },
    now,
  );
}

function orderOf(
  run: OpenRun,
  one: Scored,
  job: AuditJob,
): Pick<JobOrder, 'id' | 'candidate' | 'code' | 'environment' | 'overlay'> {
  const { version, config } = one.trained;
  return {
    id: auditId(run, one, job),
    candidate: one.id,
    ...programOf(version),
    overlay: { 'config.json': JSON.stringify(config) },
  };
}
