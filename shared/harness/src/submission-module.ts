import { fileURLToPath } from 'node:url';

/** The Python file that makes a row of a submission, for a deliverable; it needs `decision.py` beside it. */
export function submissionModule(): string {
  return fileURLToPath(new URL('../python/mw_harness/submission_row.py', import.meta.url));
}
