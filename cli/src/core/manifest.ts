/** `run.json`: what was run on which data, how it was split, who did it, what came out, from which commits. */
import { runJson } from './run-json.ts';
import type { RunView } from './run-view.ts';
import type { UsedByAgents } from './used-by-agents.ts';

export interface Surroundings {
  /** Version of the program that wrote it. */
  readonly modelwright: string;
  readonly agents: UsedByAgents;
}

export function manifestOf(run: string, view: RunView, { modelwright, agents }: Surroundings) {
  const { data, submitted, delivery } = view;
  return {
    manifest: 1,
    modelwright,
    ...runJson(run, view),
    task: view.task,
    budget: submitted?.budget ?? null,
    seed: submitted?.seed ?? null,
    player: submitted?.player ?? null,
    ...agents,
    data:
      data === null
        ? null
        : {
            source: submitted?.source.sha256 ?? null,
            datasets: Object.fromEntries(
              Object.entries(data.datasets).map(([name, tree]) => [name, tree?.sha256 ?? null]),
            ),
            card: data.card.sha256,
            rows: data.rows,
            split: data.split,
            warnings: data.warnings,
          },
    deliverable: delivery.deliverable?.sha256 ?? null,
    labels: view.work.isolation.none > 0 ? 'sealed, not isolated' : 'isolated',
  };
}
