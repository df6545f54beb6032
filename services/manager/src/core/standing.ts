/** What is known of a candidate against the best so far, from what the grader and the trainings have said. */
import type { Comparison, Direction, PreparedData, Score } from '@modelwright/contracts';
import type { CandidateIn } from './candidate.ts';
import type { Evidence, Standing } from './selection.ts';

type Scored = CandidateIn<'scored'>;

/** A candidate whose score is known, and what it cost. */
export type Contender = Pick<Scored, 'score' | 'trained'>;

/** Differences in cost below this are nobody's concern, seconds. */
const IMMATERIAL_SECONDS = 60;

/** `comparison` as the grader made it with the holder; null where none was made. */
export function standingOf(
  challenger: Contender,
  holder: Contender,
  comparison: Comparison | null,
  { data, queries }: { readonly data: PreparedData; readonly queries: number },
): Standing {
  const { direction } = data.task;
  const hidden =
    comparison === null
      ? unpaired(challenger.score, holder.score, direction)
      : {
          improvement: towards(comparison.difference, direction),
          standardError: comparison.standardError,
        };
  return {
    hidden,
    oof: data.rounds === undefined ? outOfFold(challenger, holder, hidden, direction) : null,
    costRatio: costRatio(challenger, holder),
    queries,
  };
}

/** As wide as if the two had nothing in common, which they have: an error on the safe side. */
function unpaired(challenger: Score, holder: Score, direction: Direction): Evidence {
  return {
    improvement: towards(challenger.value - holder.value, direction),
    standardError: Math.hypot(challenger.standardError, holder.standardError),
  };
}

/** Paired like the hidden rows, so its error is theirs but for the number of rows. */
function outOfFold(
  challenger: Contender,
  holder: Contender,
  hidden: Evidence,
  direction: Direction,
): Evidence {
  const [own, other] = [challenger.trained.oof, holder.trained.oof];
  const rows = Math.max(1, Math.min(own.rows, other.rows));
  return {
    improvement: towards(own.value - other.value, direction),
    standardError:
      hidden.standardError * Math.sqrt(Math.min(challenger.score.rows, holder.score.rows) / rows),
  };
}

function costRatio({ trained: own }: Contender, { trained: other }: Contender): number {
  if (Math.abs(own.seconds - other.seconds) < IMMATERIAL_SECONDS) return 1;
  return own.seconds / Math.max(other.seconds, 1);
}

function towards(difference: number, direction: Direction): number {
  return direction === 'maximize' ? difference : -difference;
}
