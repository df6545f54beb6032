/** The model card of a CycloneDX document: how the model was made, how good it is, what to mind. */
import type { Score } from '@modelwright/contracts';
import { diagnosisReport } from '../run/diagnosis.ts';
import { gapsOf, isNotable } from '../run/gaps.ts';
import type { ReportInput } from '../run/input.ts';
import { measuredIn } from '../run/measured.ts';
import { chosenIn, dataFindings, directionIn, type RunReport } from '../run/run-report.ts';
import { type Component, property } from './components.ts';

export function bomModelCard(run: RunReport, input: ReportInput, datasets: readonly Component[]) {
  const chosen = chosenIn(run);
  const task = run.data?.task ?? null;
  const metric = run.task?.metric ?? 'score';
  const { energyJoules, cpuSeconds } = measuredIn(input.outcomes);
  return {
    modelParameters: {
      approach: { type: 'supervised' },
      task: task?.kind ?? 'unknown',
      ...(chosen?.plan == null
        ? {}
        : { architectureFamily: chosen.plan.name, modelArchitecture: chosen.plan.architecture }),
      datasets: datasets.map((one) => ({ ref: one['bom-ref'] })),
      inputs: (task?.features ?? []).map(({ name, kind }) => ({ format: `${name}: ${kind}` })),
      outputs: (task?.targets ?? (task === null ? [] : [task.target])).map((name) => ({
        format: `${name}: ${task?.kind ?? 'unknown'}`,
      })),
    },
    quantitativeAnalysis: {
      performanceMetrics: [
        ...measured(metric, 'holdout, opened once', run.holdout),
        ...measured(metric, 'score rows, hidden from the search', chosen?.score ?? null),
        ...measured(metric, 'training rows, out of fold', chosen?.trained?.oof ?? null),
      ],
    },
    considerations: {
      useCases: run.task === null ? [] : [run.task.description.trim()],
      technicalLimitations: limitations(run),
    },
    properties: [
      property('checks', chosen?.trust?.label ?? 'unverified'),
      property('refitted', String(run.model?.refitted ?? false)),
      property('verified', String(run.verified?.agree ?? false)),
      property('cpu-seconds', String(cpuSeconds)),
      ...(energyJoules === null ? [] : [property('accelerator-joules', String(energyJoules))]),
    ],
  };
}

function measured(type: string, slice: string, score: Score | null) {
  if (score === null) return [];
  const [lowerBound, upperBound] = score.interval.map(String);
  return [{ type, value: String(score.value), slice, confidenceInterval: { lowerBound, upperBound } }];
}

/** What is known to be weak about the model and its numbers, in sentences. */
function limitations(run: RunReport): string[] {
  const chosen = chosenIn(run);
  const gaps = chosen === null ? [] : gapsOf(chosen, run.holdout, directionIn(run)).filter(isNotable);
  const findings = [...dataFindings(run), ...(chosen?.findings ?? [])];
  return [
    'Judged on rows like those it was given: it is not known how it does where the data are of another time, place or kind.',
    ...findings
      .filter(({ severity }) => severity !== 'note')
      .map(({ check, evidence }) => `${check}: ${evidence}`),
    ...gaps.map(
      ({ promise, fact }) => `Its ${promise} number is better than its ${fact} number, past noise.`,
    ),
    ...sliceLimits(chosen?.diagnosis ?? null),
    ...(run.isolation.none > 0 ? ['Labels were sealed, not isolated, while it was made.'] : []),
  ];
}

function sliceLimits(diagnosis: string | null): string[] {
  return (diagnosisReport(diagnosis)?.slices ?? [])
    .slice(0, 5)
    .map(({ feature, slice, rows }) => `Worse than elsewhere where ${feature} is ${slice} (${rows} rows).`);
}
