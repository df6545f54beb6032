/**
 * From which training the delivered model comes, in steps that ask for less and less:
 *
 *     the whole recipe on all labelled rows → its last fit alone → the scored model as it is
 *
 * A step is taken once more where the farm, not the program, is why it came to nothing. What was trained and then given up,
 * because it says something else than the scored model or could not be proved, is not chosen again.
 */
import type { TreeRef } from '@modelwright/contracts';
import type { CandidateIn } from './candidate.ts';
import { refitSeconds } from './finishing-time.ts';
import { outputOf } from './round-jobs.ts';
import type { OpenRun } from './run-state.ts';
import { jobId } from './submit.ts';
import { choiceDeadline, refitFits } from './time.ts';
import { isFaultOfTheFarm } from './twice.ts';
import type { Sealed } from './winner.ts';

type Mode = 'full' | 'final';

export type Rung =
  | { readonly kind: 'submit'; readonly mode: Mode; readonly id: string; readonly seconds: number }
  | { readonly kind: 'under-way'; readonly id: string }
  | { readonly kind: 'refitted'; readonly output: TreeRef; readonly reason: string }
  | { readonly kind: 'scored'; readonly reason: string };

/** A refit may take this many times the scored training: it sees more rows on a machine that may be busier. */
const REFIT_PATIENCE = 5;
const REFIT_SECONDS_AT_LEAST = 60;

const TAGS = { full: 'refit', final: 'refit-final' } as const;
const WORDS = {
  full: 'trained again on all labelled rows',
  final: 'fitted again on all labelled rows, without cross-validation',
} as const;
const MOST_ATTEMPTS = 2;

export function rungOf(run: OpenRun, { winner, candidate }: Sealed, now: number): Rung {
  const against = reasonAgainstRefit(run);
  if (against !== null) return { kind: 'scored', reason: against };
  const story: string[] = [];
  for (const mode of ['full', 'final'] as const) {
    for (const attempt of Array.from({ length: MOST_ATTEMPTS }, (_, n) => n + 1)) {
      const id = jobId(run, candidate.id, TAGS[mode], attempt);
      const job = run.jobs[id];
      if (job?.stage === 'open') return { kind: 'under-way', id };
      if (job === undefined) {
        if (refitFits(run, candidate, mode, now))
          return { kind: 'submit', mode, id, seconds: secondsFor(run, candidate, now) };
        story.push(mode === 'full' ? 'no time is left for a refit' : 'nor for its last fit alone');
        break;
      }
      const output = outputOf(job);
      if (output !== null && !winner.givenUp.includes(output.sha256))
        return { kind: 'refitted', output, reason: WORDS[mode] };
      story.push(output === null ? `the refit ${job.end}: ${job.reason}` : 'the refitted model was given up');
      if (!isFaultOfTheFarm(job)) break;
    }
  }
  return { kind: 'scored', reason: story.join('; ') };
}

/** The jobs of the winner's refit that still run. */
export function openRefits(run: OpenRun, { candidate }: Sealed): string[] {
  return Object.values(run.jobs).flatMap((job) =>
    job.stage === 'open' &&
    job.candidate === candidate.id &&
    (job.purpose === 'refit' || job.purpose === 'derive')
      ? [job.id]
      : [],
  );
}

function reasonAgainstRefit(run: OpenRun): string | null {
  const wanted = run.task?.constraints?.refit ?? 'all';
  if (wanted !== 'all') return `the task asks for refit: ${wanted}`;
  return run.finishing?.refit === false ? 'it was asked for without a refit' : null;
}

/** Its patience, as far as the time goes. */
function secondsFor(run: OpenRun, candidate: CandidateIn<'scored'>, now: number): number {
  const left = (choiceDeadline(run, candidate) - now) / 1000;
  const patience = Math.max(REFIT_SECONDS_AT_LEAST, refitSeconds(run, candidate, 'full') * REFIT_PATIENCE);
  return Math.max(1, Math.round(Math.min(left, patience)));
}
