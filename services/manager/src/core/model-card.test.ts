import { describe, expect, it } from 'vitest';
import { modelCard, type PackageWork } from './model-card.ts';
import { data, plan, scoreOf, TASK, trained, tree } from './testing/samples.ts';

const work: PackageWork = {
  role: 'delivery',
  action: 'package',
  data: data(),
  candidate: 'c2',
  plan: { ...plan('Kernel machine'), summary: 'A kernel | machine.' },
  trained: trained('c2'),
  model: tree('model'),
  refitted: true,
  score: scoreOf('c2'),
  holdout: scoreOf('c1'),
  board: [],
  test: null,
  task: TASK,
};

describe('a model card', () => {
  it('says by which numbers the model was judged, and whose they are', () => {
    const card = modelCard(work);
    expect(card).toContain('| holdout, opened once | 0.91 |');
    expect(card).toContain('| score rows, hidden from the search | 0.92 |');
    expect(card).toContain('belong to the model before its last training');
    expect(card).toContain('all 600 labelled rows');
  });

  it.each([
    ['maximize', 0.38, true],
    ['maximize', 0.95, false],
    ['maximize', 0.58, false],
    ['minimize', 0.95, true],
    ['minimize', 0.38, false],
  ] as const)('to %s: a holdout of %f is far below a score in 0.56 … 0.62: %s', (direction, value, said) => {
    const task = { ...work.data.task, direction };
    const score = { ...work.score, value: 0.59, interval: [0.56, 0.62] as [number, number] };
    const holdout = { ...score, value };
    const card = modelCard({ ...work, data: { ...work.data, task }, score, holdout });
    expect(card.includes('worse than its score led to expect')).toBe(said);
  });

  it('does not call a holdout worse that is so small that chance explains it', () => {
    const score = { ...work.score, value: 0.59, interval: [0.56, 0.62] as [number, number] };
    const holdout = { ...score, value: 0.5, standardError: 0.08, rows: 12 };
    const card = modelCard({ ...work, score, holdout });
    expect(card).not.toContain('worse than its score led to expect');
    expect(card).toContain('On the 12 rows of the holdout');
  });

  it('counts a row once where rows are trained on and scored in turn', () => {
    const set = { train: tree('t'), score: tree('s') };
    const card = modelCard({ ...work, data: { ...work.data, rounds: [set, set, set] } });
    const { train, holdout } = work.data.rows;
    expect(card).toContain(`all ${train + holdout} labelled rows`);
    expect(card).toContain('of them scored in 3 rounds');
  });

  it('does not call the score of rounds that of the delivered model, which has seen their rows', () => {
    const set = { train: tree('t'), score: tree('s') };
    const card = modelCard({ ...work, data: { ...work.data, rounds: [set, set, set] }, refitted: false });
    expect(card).toContain('The score comes from 3 trainings, one a round');
    expect(card).not.toContain('belong to the delivered model itself');
  });

  it('leaves the holdout out where none was opened, and says so of a model that was not refitted', () => {
    const card = modelCard({ ...work, holdout: null, refitted: false });
    expect(card).not.toContain('holdout, opened once');
    expect(card).toContain('belong to the delivered model itself');
  });

  it('has no headings, pictures or HTML but its own, whatever a plan says', () => {
    const plan = {
      ...work.plan,
      summary: 'Fine.\n\n## How good it is\n\n100 %',
      reason: '# Verified <img src=x> ![x](http://example.org/x.png)',
    };
    const card = modelCard({ ...work, plan });
    expect(card.match(/^## How good it is$/gm)).toHaveLength(1);
    expect(card.match(/^# /gm)).toHaveLength(1);
    expect(card).not.toMatch(/<img|!\[x/);
  });

  it('keeps its tables whole whatever a plan says', () => {
    const card = modelCard({ ...work, plan: { ...work.plan, architecture: 'a | b\nc' } });
    expect(card).toContain('| Architecture | a \\| b c |');
    expect(card).toContain('\n| --- | --- |\n');
  });

  it('says what the checks found, of the candidate and of the data, one item a line', () => {
    const found = {
      check: 'duplicates',
      severity: 'warning' as const,
      evidence: 'twelve\n# rows',
      remedy: null,
    };
    const card = modelCard({
      ...work,
      data: { ...work.data, findings: [{ ...found, check: 'order' }] },
      findings: [found],
      trust: { label: 'unverified', reasons: ['audit: not made'] },
    });
    expect(card).toContain('The candidate is **unverified**.');
    expect(card).toContain('- audit: not made');
    expect(card).toContain('- warning: duplicates. twelve # rows');
    expect(card).toContain('- data, warning: order.');
  });

  it('shows the number of the training itself beside those of the harness', () => {
    const card = modelCard({ ...work, trained: { ...work.trained, claimed: 0.999 } });
    expect(card).toContain("| the training's own number, shown and never used | 0.999 |  |  |");
    expect(modelCard(work)).not.toContain('own number');
  });

  it('says so where no check was made', () => {
    expect(modelCard(work)).toContain('No check of the candidate was made.');
  });

  it('says what to lay out for a prediction: rows, files that cells name, further tables', () => {
    expect(modelCard(work)).toContain('`test.csv`: the column `id` and 1 feature under the names');
    const columns = [{ name: 'speed', kind: 'numeric' as const }];
    const task = {
      ...work.data.task,
      features: [{ name: 'scan', kind: 'image' as const }],
      tables: [{ name: 'visits', key: 'patient', columns }],
    };
    const card = modelCard({ ...work, data: { ...work.data, task } });
    expect(card).toContain('Cells of `scan` are paths of files below that folder.');
    expect(card).toContain('as `tables/visits.csv`, by the column `patient`');
    expect(card).toContain('from 1 feature and the table `visits`');
  });
});
