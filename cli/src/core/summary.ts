/** The last words of a run: leaderboard, the chosen model and its scores, where the files are, how to use them. */
import { moneyLines } from './cost.ts';
import { leaderboardLines } from './leaderboard.ts';
import { attentionLines, isolationLines, takenOverLines } from './run-block.ts';
import type { RunView } from './run-view.ts';
import { durationText } from './text/quantity.ts';
import { scoreText } from './text/score.ts';

export interface Delivered {
  /** Folder as the user would type it. */
  readonly folder: string;
  readonly hasModel: boolean;
  readonly hasSubmission: boolean;
  readonly hasCandidates: boolean;
  readonly hasInsights: boolean;
  readonly hasTask: boolean;
}

export function summaryLines(view: RunView, delivered: Delivered, width: number): string[] {
  return [
    '',
    ...leaderboardLines(view, Math.max(20, width)),
    '',
    ...outcomeLines(view),
    ...chosenLines(view),
    ...moneyLines(view),
    ...takenOverLines(view),
    ...isolationLines(view),
    ...attentionLines(view),
    '',
    ...fileLines(delivered),
  ];
}

function outcomeLines(view: RunView): string[] {
  if (view.end === null || view.startedAt === null) return [];
  const took = durationText(view.end.at - view.startedAt);
  return [`Run ${view.end.outcome} after ${took}: ${view.end.reason}`];
}

export function chosenLines(view: RunView): string[] {
  const { winner, holdout, model, verified } = view.delivery;
  if (winner === null) return [];
  const candidate = view.candidates.find((one) => one.id === winner.candidate);
  const metric = view.task?.metric ?? 'score';
  const lines = [
    `Chosen: ${winner.candidate}${candidate?.plan == null ? '' : ` (${candidate.plan.name})`}: ${winner.reason}`,
  ];
  if (candidate?.score != null) lines.push(`  ${metric} on the score rows    ${scoreText(candidate.score)}`);
  if (holdout.kind === 'opened') lines.push(`  ${metric} on the holdout       ${scoreText(holdout.score)}`);
  if (holdout.kind === 'unavailable') lines.push(`  no holdout score: ${holdout.reason}`);
  if (model !== null)
    lines.push(`  ${model.refitted ? 'refitted' : 'as it was scored, not refitted'}: ${model.reason}`);
  if (verified !== null) {
    lines.push(
      verified.agree ? '  verified in a fresh environment' : '  NOT verified in a fresh environment',
    );
    lines.push(...verified.notes.map((note) => `    ${note}`));
  }
  return lines;
}

function fileLines(delivered: Delivered): string[] {
  const { folder, hasModel, hasSubmission, hasCandidates, hasInsights, hasTask } = delivered;
  const files = [`Files: ${folder}`];
  if (hasModel) {
    files.push('  inference.py, model/, src/   the model, how to use it, how it was trained');
    files.push('  MODEL_CARD.md                what it is and how good, for people');
  }
  if (hasSubmission) files.push('  submission.csv               predictions for the test rows');
  if (hasCandidates) files.push('  candidates/                  every candidate, each a git repository');
  if (hasInsights) files.push('  insights.md                  what was learned about the data');
  if (hasTask) files.push('  task.yaml                    the task as it was proposed; yours to correct');
  files.push('  report.html                  the whole run on one page: modelwright report --open');
  files.push('  run.json, events.jsonl       the manifest, and every decision with its reason');
  if (hasModel)
    files.push('  bom.json, provenance.json    what it is made of, and digests: modelwright verify');
  if (hasModel)
    files.push('', 'To use the model on new rows (a folder with a test.csv):', ...usageLines(folder));
  return files;
}

/** Exact commands, one a line. */
export function usageLines(folder: string): string[] {
  return [
    `  cd ${shellWord(folder)}`,
    '  python3 -m venv venv && venv/bin/pip install -r requirements.txt',
    '  venv/bin/python inference.py --model model --input <folder> --output predictions.csv',
  ];
}

/** The word as a POSIX shell reads it back. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
