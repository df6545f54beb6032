/** A designer's assignment, to build others from. The loop does not look at its work. */
import type { Assignment } from '@modelwright/contracts';
import { sampleTask } from '@modelwright/llm/testing';

const tree = { kind: 'tree', store: 'datasets', sha256: '0'.repeat(64), size: 1 } as const;

export const sampleAssignment: Assignment = {
  id: 'flowers-abc123-03_run_portfolio_1',
  run: 'flowers-abc123-03',
  candidate: 'run',
  seed: 7,
  grant: { turns: 50, microUsd: 1_000_000, tokens: null, deadline: Date.UTC(2100, 0, 1) },
  player: { kind: 'playbook', clumsy: false },
  work: {
    role: 'designer',
    action: 'portfolio',
    data: {
      datasets: { train: tree, all: tree, score: tree, holdout: null, test: null },
      truth: { ...tree, store: 'truth' },
      task: sampleTask,
      rows: { train: 100, score: 20, holdout: 0, test: 0, unlabelled: 0 },
      card: tree,
      form: null,
      split: { by: 'random', reason: 'no reason to do otherwise', seed: 1 },
      warnings: [],
    },
    count: 2,
    parent: null,
    board: [],
    partner: null,
    guidance: null,
    insights: [],
  },
};
