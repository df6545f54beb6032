/** A delivered submission beside the form that was delivered with it. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessCrash, plainLaunch, validate } from '@modelwright/harness';
import type { SubmissionVerdict } from '../core/verification.ts';

const SUBMISSION = 'submission.csv';
/** What says which columns, ids and answers there are to be. */
const FORM = { format: 'submission.json', decision: 'decision.json', task: 'model/task.json' } as const;

/**
 * Null where the run had no rows to predict, so that there is no form.
 *
 * @param stated What the statement says of files: a form that is not as delivered decides nothing.
 * @param python Null where this machine has none for the harness.
 */
export async function verifySubmission(
  folder: string,
  stated: { readonly changed: readonly string[]; readonly missing: readonly string[] },
  python: string | null,
): Promise<SubmissionVerdict | null> {
  if (stated.missing.includes(SUBMISSION)) return { kind: 'invalid', faults: [`${SUBMISSION} is missing.`] };
  const spoilt = Object.values(FORM).find(
    (name) => stated.changed.includes(name) || stated.missing.includes(name),
  );
  if (spoilt !== undefined) return { kind: 'unchecked', reason: `${spoilt} is not as delivered` };
  const wanted = [SUBMISSION, ...Object.values(FORM)].map((name) => isFile(join(folder, name)));
  if (!(await Promise.all(wanted)).every(Boolean)) return null;
  if (python === null) {
    return { kind: 'unchecked', reason: 'there is no Python environment: npm run setup makes one' };
  }
  return await checked(folder, python);
}

async function checked(folder: string, python: string): Promise<SubmissionVerdict> {
  const request = {
    submission: join(folder, SUBMISSION),
    format: join(folder, FORM.format),
    decision: join(folder, FORM.decision),
    task: join(folder, FORM.task),
  };
  try {
    // Only the harness runs, and only reads: nothing that was delivered is executed.
    const outcome = await validate({ python, launch: plainLaunch }, request);
    if (outcome.kind === 'bad-input')
      return { kind: 'invalid', faults: outcome.problems.map(({ message }) => message) };
    const { rows, faults } = outcome.answer;
    return faults.length === 0 ? { kind: 'valid', rows } : { kind: 'invalid', faults };
  } catch (error) {
    if (!(error instanceof HarnessCrash)) throw error;
    return { kind: 'unchecked', reason: 'the form is not one that this version of Modelwright knows' };
  }
}

/** A link could lead anywhere. */
async function isFile(path: string): Promise<boolean> {
  return await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
