import { type Task, task } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { manifestOf } from './manifest.ts';
import { runJson } from './run-json.ts';
import { best, delivery, ended, jobClosed, logOf, planned, RUN, scored, started } from './run-log.fixture.ts';
import { viewOf } from './run-view.ts';
import { submissionOf, type Wanted } from './submission.ts';
import { taskCautions } from './task-cautions.ts';
import { findingsLines } from './task-findings.ts';
import { isLeftOut, isLeftOutOfBare, neededFiles } from './task-needs.ts';
import { tellUp } from './up-text.ts';
import { usedByAgents } from './used-by-agents.ts';

const TASK: Task = task.parse({
  version: 1,
  name: 'My digits!',
  description: 'd',
  data: { layout: 'table', train: 'data/train.csv', test: 'test.csv', target: 'digit' },
  metric: 'accuracy',
  budget: { minutes: 10, usd: 1.5 },
  seed: 7,
});
const STATED = { name: TASK.name, task: TASK };
const SOURCE = { kind: 'tree', store: 'truth', sha256: 'a'.repeat(64), size: 9 } as const;
const PLAYED = { player: { kind: 'playbook', clumsy: false } } as const;
const CLUMSY = { player: { kind: 'playbook', clumsy: true } } as const;
const MODELS = { player: { kind: 'models', roles: {} } } as const;
const DRAWS = { run: 35, seed: 99 };

describe('the submission of a run', () => {
  it('takes budget and seed from the task, and the rest from the defaults', () => {
    expect(submissionOf(STATED, SOURCE, PLAYED, DRAWS)).toMatchObject({
      run: 'my-digits-00000z-03',
      seed: 7,
      budget: { minutes: 10, candidates: 4, trials: 3, microUsd: 1_500_000 },
      player: { clumsy: false },
    });
  });

  it('lets the command line stand above the task', () => {
    const stated = { budgetTokens: 1000, onCap: 'pause' } as const;
    const wishes = {
      ...stated,
      budgetUsd: 0.25,
      budgetMinutes: 2,
      candidates: 1,
      trials: 9,
      seed: 1,
      ...CLUMSY,
    };
    expect(submissionOf(STATED, SOURCE, wishes, DRAWS)).toMatchObject({
      seed: 1,
      budget: { minutes: 2, candidates: 1, trials: 9, microUsd: 250_000, tokens: 1000, onCap: 'pause' },
      player: { clumsy: true },
    });
  });

  it('lets models cost a little where nobody has said how much, and what was said otherwise', () => {
    const { budget, ...unstated } = TASK;
    const submitted = (task: Task | null, wishes: Wanted) =>
      submissionOf({ name: 'n', task }, SOURCE, wishes, DRAWS).budget.microUsd;
    expect(submitted(unstated, MODELS)).toBe(5_000_000);
    expect(submitted(null, MODELS)).toBe(5_000_000);
    expect(submitted({ ...unstated, budget: { ...budget, usd: 0 } }, MODELS)).toBe(0);
    expect(submitted(unstated, { ...MODELS, budgetUsd: 0.5 })).toBe(500_000);
    expect(submitted(unstated, PLAYED)).toBe(0);
  });

  it('draws a seed where nobody states one', () => {
    const { seed: _, ...seedless } = TASK;
    expect(submissionOf({ name: TASK.name, task: seedless }, SOURCE, PLAYED, DRAWS).seed).toBe(99);
  });

  it('uploads what the task names, and nothing else of the folder', () => {
    expect(neededFiles(TASK).map((file) => file.path)).toEqual(['data/train.csv', 'test.csv']);
    const leftOut = isLeftOut(TASK);
    expect(['task.yaml', 'data', 'data/train.csv', 'test.csv'].filter(leftOut)).toEqual([]);
    const others = ['dat', 'data/other.csv', 'data/train.csv.bak', 'results', '.git', 'test'];
    expect(others.filter(leftOut)).toEqual(others);
  });

  it('of a folder without a task.yaml is named after the folder and states the default budget', () => {
    const submission = submissionOf({ name: 'Titanic data', task: null }, SOURCE, PLAYED, DRAWS);
    expect(submission).toMatchObject({
      run: 'titanic-data-00000z-03',
      task: null,
      seed: 99,
      budget: { minutes: 30 },
    });
  });

  it('uploads a folder without a task.yaml, but for what is hidden, no data, or results', () => {
    const paths = ['train.csv', 'images/a.png', 'description.md', '.git/HEAD', 'a/.DS_Store', 'results/r1/x'];
    expect(paths.filter(isLeftOutOfBare)).toEqual(paths.slice(3));
  });
});

describe('a run for programs', () => {
  const view = viewOf(
    logOf([
      started,
      planned('c1', 'forest'),
      scored('c1', 0.97),
      best('c1', 0.97),
      jobClosed('j', 'finished', 'none'),
      ...delivery,
      ended('finished'),
    ]),
  );

  it('has its scores, its winner and its end', () => {
    expect(runJson(RUN, view)).toMatchObject({
      run: RUN,
      name: 'digits',
      outcome: 'finished',
      candidates: [{ id: 'c1', name: 'forest', state: 'scored', score: { value: 0.97 } }],
      best: { candidate: 'c1', score: { value: 0.97 } },
      winner: { candidate: 'c1' },
      holdout: { kind: 'opened', score: { value: 0.978 } },
    });
  });

  it('says in its manifest what was run, and how far its labels were hidden', () => {
    expect(
      manifestOf(RUN, view, {
        run: RUN,
        modelwright: '0.1.0',
        log: [],
        outcomes: [],
        curves: [],
        used: usedByAgents(view, new Map()),
      }),
    ).toMatchObject({
      manifest: 1,
      modelwright: '0.1.0',
      seed: 7,
      task: { name: 'digits' },
      deliverable: 'a'.repeat(64),
      labels: 'sealed, not isolated',
    });
  });

  it('is whole before anything has happened', () => {
    expect(runJson(RUN, viewOf([]))).toMatchObject({ phase: 'submitted', candidates: [], best: null });
  });
});

describe('words about a machine and a task', () => {
  it('say which constraints nothing acts on yet, at their place', () => {
    const at = { 'constraints.transductive': { line: 9, column: 3 } };
    const stated = { ...TASK, constraints: { transductive: 'allowed' as const, max_model_mb: 5 } };
    expect(taskCautions(stated, at)).toMatchObject([{ file: 'task.yaml', line: 9, column: 3 }]);
    expect(taskCautions(TASK, {})).toEqual([]);
  });

  it('say what up did without showing a password', () => {
    const place = { service: 'coder' as const, name: 'coder-1' };
    expect(
      tellUp({
        natsUrl: 'nats://me:secret@farm:4222',
        server: { version: '2.12.9', path: '/bin/nats-server' },
        started: [place],
        renewed: [],
        kept: [],
        surplus: [],
        models: { names: ['gpt'], file: null },
      }),
    ).toEqual([
      'nats-server 2.12.9 started at nats://farm:4222 (/bin/nats-server)',
      'ready: coder-1',
      'models known to them: gpt (from the environment)',
    ]);
  });

  it('say what a look at the data has shown', () => {
    const lines = findingsLines({
      kind: 'classification',
      classes: ['a', 'b'],
      metric: 'log_loss',
      direction: 'minimize',
      rows: { labelled: 100, unlabelled: 3, test: 0 },
      expected: { train: 60, score: 20, holdout: 20 },
      features: [
        { name: 'x', kind: 'numeric' },
        { name: 'y', kind: 'numeric' },
        { name: 'z', kind: 'date' },
      ],
      split: { by: 'time', evidence: [{ finding: 'Test rows come later.', decides: true }] },
    }).join('\n');
    expect(lines).toContain('into 2 classes');
    expect(lines).toContain('100 labelled rows, 3 without a label, none to predict');
    expect(lines).toContain('split time: Test rows come later.');
    expect(lines).toContain('features: 2 numeric, 1 date');
  });
});
