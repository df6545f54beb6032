/** The candidates of a run in the order of their scores. */
import { ranked } from '@modelwright/report';
import type { CandidateView } from './candidate-view.ts';
import type { RunView } from './run-view.ts';
import { columnsText } from './text/columns.ts';
import { durationText } from './text/quantity.ts';
import { scoreText } from './text/score.ts';
import { oneLine } from './text/shorten.ts';

/** Before the data is prepared nothing has a score, and the order is that in which they appeared. */
export function rankedIn({ candidates, data }: RunView): CandidateView[] {
  return data === null ? [...candidates] : ranked(candidates, data.task.direction);
}

/** The table, its title line first; empty before the first candidate. */
export function leaderboardLines(view: RunView, width: number): string[] {
  if (view.candidates.length === 0) return [];
  const metric = view.task?.metric ?? 'score';
  const chosen = view.delivery.winner?.candidate ?? view.best?.candidate;
  return columnsText(
    [
      { title: ' ' },
      { title: 'candidate' },
      { title: metric },
      { title: 'trials', align: 'right' },
      { title: 'training', align: 'right' },
      { title: 'what it is' },
    ],
    rankedIn(view).map((candidate) => [
      candidate.id === chosen ? '*' : ' ',
      candidate.id,
      candidate.score === null ? stateText(view, candidate) : scoreText(candidate.score),
      candidate.trials.length === 0 ? '' : String(candidate.trials.length),
      candidate.trained === null ? '' : durationText(candidate.trained.seconds * 1000),
      describe(candidate),
    ]),
  ).map((line) => line.slice(0, width).trimEnd());
}

/** What is being done with it, or how far it is. */
function stateText(view: RunView, candidate: CandidateView): string {
  const work = view.work.open.find((one) => one.candidate === candidate.id);
  return work?.what ?? candidate.state;
}

function describe(candidate: CandidateView): string {
  const name = candidate.plan?.name ?? (candidate.id === 'c0' ? 'floor' : 'not planned yet');
  const trouble = candidate.state === 'dropped' || candidate.state === 'broken';
  return oneLine(trouble && candidate.reason !== null ? `${name}: ${candidate.reason}` : name, 60);
}
