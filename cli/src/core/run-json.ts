/** A run as one JSON object: for `--json`, and the heart of `run.json`. Its keys are for programs: they never change. */
import { costOf } from './cost.ts';
import type { RunView } from './run-view.ts';

export function runJson(run: string, view: RunView) {
  const { delivery } = view;
  const { task } = view;
  return {
    run,
    name: task?.name ?? null,
    phase: view.phase,
    startedAt: view.startedAt,
    deadline: view.deadline,
    endedAt: view.end?.at ?? null,
    outcome: view.end?.outcome ?? null,
    reason: view.end?.reason ?? null,
    metric: task?.metric ?? null,
    candidates: view.candidates.map((candidate) => ({
      id: candidate.id,
      parent: candidate.parent,
      name: candidate.plan?.name ?? null,
      recipe: candidate.plan?.recipe ?? null,
      state: candidate.state,
      score: candidate.score,
      outOfFold: candidate.trained?.oof ?? null,
      trainingSeconds: candidate.trained?.seconds ?? null,
      trials: candidate.trials.length,
      commit: candidate.version?.commit ?? null,
      config: candidate.trained?.config ?? null,
      reason: candidate.reason,
    })),
    best: view.best === null ? null : { candidate: view.best.candidate, score: view.best.score },
    winner: delivery.winner,
    holdout: delivery.holdout,
    model: delivery.model,
    verified: delivery.verified,
    cost: costOf(view),
    takenOver: view.takenOver,
    insights: view.insights,
    running: view.work.open,
    programs: { isolation: view.work.isolation, ends: view.work.ends },
    attention: view.attention,
  };
}
