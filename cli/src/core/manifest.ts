/** `run.json`: what was run on which data, how it was split, who did it, what came out, from which commits. */
import {
  accepted,
  costOfHonesty,
  fetchedIn,
  measuredIn,
  type ReportInput,
  runReport,
} from '@modelwright/report';
import { runJson } from './run-json.ts';
import type { RunView } from './run-view.ts';

export function manifestOf(run: string, view: RunView, input: ReportInput) {
  const { data, submitted, delivery } = view;
  const report = runReport(accepted(input.log));
  return {
    manifest: 1,
    modelwright: input.modelwright,
    ...runJson(run, view),
    task: view.task,
    budget: submitted?.budget ?? null,
    seed: submitted?.seed ?? null,
    player: submitted?.player ?? null,
    ...input.used,
    data: data === null ? null : dataOf(data, submitted?.source.sha256 ?? null),
    deliverable: delivery.deliverable?.sha256 ?? null,
    requirements: report.requirements,
    trust: report.candidates.flatMap(({ id, trust, findings }) =>
      trust === null ? [] : [{ candidate: id, ...trust, findings }],
    ),
    claimed: Object.fromEntries(
      report.candidates.flatMap(({ id, trained }) =>
        trained?.claimed == null ? [] : [[id, trained.claimed]],
      ),
    ),
    agreement: report.compared,
    measured: measuredIn(input.outcomes),
    fetched: fetchedIn(input.outcomes),
    time: costOfHonesty(report, input.outcomes),
    labels: view.work.isolation.none > 0 ? 'sealed, not isolated' : 'isolated',
  };
}

function dataOf(data: NonNullable<RunView['data']>, source: string | null) {
  const digest = (tree: { readonly sha256: string } | null | undefined) => tree?.sha256 ?? null;
  return {
    source,
    datasets: Object.fromEntries(Object.entries(data.datasets).map(([name, tree]) => [name, digest(tree)])),
    rounds: (data.rounds ?? []).map((round) => ({ train: round.train.sha256, score: round.score.sha256 })),
    truth: data.truth.sha256,
    grader: digest(data.grader),
    card: data.card.sha256,
    rows: data.rows,
    split: data.split,
    warnings: data.warnings,
    findings: data.findings ?? [],
  };
}
