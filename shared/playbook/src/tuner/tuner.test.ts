import { describe, expect, it } from 'vitest';
import { createPlaybook } from '../playbook.ts';
import { tunerBrief } from '../testing/briefs.ts';
import { type Conversation, converse, type Toolbox } from '../testing/converse.ts';

interface Outcome {
  readonly outcome?: string;
  readonly oof?: number | null;
  readonly rows?: number;
  readonly stderr?: string;
}

/** Trainings that end as told, in the order of their start; afterwards no more may be started. */
function trainings(outcomes: readonly Outcome[]): Toolbox {
  let started = 0;
  return (name, args) => {
    if (name === 'train_start') {
      started += 1;
      if (started > outcomes.length) return { content: 'train_start: there is no time left', failed: true };
      return { content: JSON.stringify({ job: `job-${started}` }) };
    }
    if (name === 'train_wait') {
      const jobs = args['jobs'] as string[];
      const reports = jobs.map((job) => report(job, outcomes[Number(job.slice(4)) - 1] ?? {}));
      return { content: JSON.stringify(reports) };
    }
    return { content: 'done', final: true };
  };
}

function report(job: string, { outcome = 'finished', oof = null, rows = 100, stderr = '' }: Outcome) {
  const score =
    oof === null ? null : { value: oof, standardError: 0.02, interval: [oof - 0.04, oof + 0.04], rows };
  return { job, outcome, reason: 'as told', seconds: 3, oof: score, folds: [], diagnosis: '', stderr };
}

const tuning = (outcomes: readonly Outcome[], changes: Parameters<typeof tunerBrief>[0] = {}) =>
  converse(createPlaybook({ clumsy: false }), tunerBrief(changes), trainings(outcomes));

const configs = ({ steps }: Conversation) =>
  steps.flatMap(({ name, args }) => (name === 'train_start' ? [JSON.stringify(args['config'])] : []));
const submitted = ({ steps }: Conversation) => steps.find(({ name }) => name === 'submit_training')?.args;

describe('the tuner', () => {
  it('trains the plan as it stands first', async () => {
    const [first] = configs(await tuning([{ oof: 0.3 }], { trials: 1 }));
    expect(first).toBe(JSON.stringify(tunerBrief().config));
  });

  it('hands over the best, with the numbers', async () => {
    const ended = await tuning([{ oof: 0.3 }, { oof: 0.2 }, { oof: 0.25 }]);
    expect(submitted(ended)).toMatchObject({ job: 'job-2' });
    expect(String(submitted(ended)?.['reason'])).toContain(
      'log_loss 0.2000 ± 0.020 out of fold, against 0.3000, 0.2500',
    );
  });

  it('of equals hands over the earlier', async () => {
    expect(submitted(await tuning([{ oof: 0.3 }, { oof: 0.3 }, { oof: 0.3 }]))).toMatchObject({
      job: 'job-1',
    });
  });

  it('never trains the same settings twice', async () => {
    const values = [0.5, 0.45, 0.42, 0.5, 0.4, 0.39, 0.3, 0.2];
    const tried = configs(
      await tuning(
        values.map((oof) => ({ oof })),
        { trials: 8 },
      ),
    );
    expect(new Set(tried).size).toBe(tried.length);
  });

  it('ends after two trainings in a row that brought next to nothing', async () => {
    const ended = await tuning([{ oof: 0.3 }, { oof: 0.296 }, { oof: 0.35 }, { oof: 0.1 }], { trials: 9 });
    expect(configs(ended)).toHaveLength(3);
    expect(submitted(ended)).toMatchObject({ job: 'job-2' });
  });

  it('hands over what there is when no more may be started', async () => {
    const ended = await tuning([{ oof: 0.3 }], { trials: 9 });
    expect(submitted(ended)).toMatchObject({ job: 'job-1' });
  });

  it('looks at the first result before it tries two ways at once', async () => {
    const { steps } = await tuning([{ oof: 0.3 }, { oof: 0.2 }, { oof: 0.25 }]);
    const calls = steps.map(({ name }) => name.replace('train_', ''));
    expect(calls).toEqual(['start', 'wait', 'start', 'start', 'wait', 'submit_training']);
  });

  it('goes on after a training that failed', async () => {
    const ended = await tuning([{ oof: 0.3 }, { outcome: 'failed' }, { oof: 0.2 }]);
    expect(submitted(ended)).toMatchObject({ job: 'job-3' });
  });

  it('does not compare a training that was scored on part of the rows', async () => {
    const ended = await tuning([{ oof: 0.3 }, { oof: 0.1, rows: 20 }, { oof: 0.25 }]);
    expect(submitted(ended)).toMatchObject({ job: 'job-3' });
  });

  it('gives the traceback when the first training fails', async () => {
    const ended = await tuning([{ outcome: 'failed', stderr: 'ValueError: broken' }]);
    expect(ended.gaveUp).toContain('ValueError: broken');
  });

  it('tries cheaper settings after a training that was too much', async () => {
    const ended = await tuning([{ outcome: 'out-of-memory' }, { oof: 0.4 }], { trials: 2 });
    expect(configs(ended)[1]).toContain('"exact_rows":1500');
    expect(submitted(ended)).toMatchObject({ job: 'job-2' });
  });

  it('begins with cheaper settings where a training would outlast its time', async () => {
    const [first] = configs(await tuning([{ oof: 0.3 }], { trials: 1, secondsPerTrial: 1 }));
    expect(first).toContain('"exact_rows":1500');
  });

  it('hands over the only training of a program that is not of a recipe', async () => {
    const plan = { ...tunerBrief().plan, recipe: null };
    const ended = await tuning([{ oof: 0.3 }, { oof: 0.1 }], { plan, config: { rate: 3 } });
    expect(configs(ended)).toHaveLength(1);
    expect(submitted(ended)).toMatchObject({ job: 'job-1' });
  });
});
