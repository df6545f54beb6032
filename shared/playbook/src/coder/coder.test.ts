import * as contracts from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { createPlaybook } from '../playbook.ts';
import { coderBrief, plan } from '../testing/briefs.ts';
import { type Conversation, converse, type Toolbox } from '../testing/converse.ts';

const passed = {
  passed: true,
  seconds: 1,
  problems: [],
  outcome: 'finished',
  reason: '',
  stdout: '',
  stderr: '',
};
const contract = {
  ...passed,
  passed: false,
  problems: [{ where: 'oof.csv', message: 'no row is predicted' }],
};

/** Checks that end as told; everything else succeeds, and files read are empty. */
function checks(reports: readonly object[]): Toolbox {
  let at = 0;
  return (name) => {
    if (name === 'check_candidate') return { content: JSON.stringify(reports[at++] ?? passed) };
    return name === 'submit_version' ? { content: 'done', final: true } : { content: '1\t' };
  };
}

const coding = (reports: readonly object[], changes: Parameters<typeof coderBrief>[0] = {}) =>
  converse(createPlaybook({ clumsy: false }), coderBrief(changes), checks(reports));

const names = ({ steps }: Conversation) => steps.map(({ name }) => name);
const written = ({ steps }: Conversation, path: string) =>
  steps.flatMap(({ args }) => (args['path'] === path && 'content' in args ? [String(args['content'])] : []));

describe('the coder', () => {
  it('writes the recipe and the settings, has them checked, and submits', async () => {
    const ended = await coding([passed]);
    expect(names(ended)).toEqual(['write_file', 'write_file', 'check_candidate', 'submit_version']);
    expect(written(ended, 'model.py')[0]).toContain('regularised linear model');
  });

  it("puts the plan's settings over the recipe's own", async () => {
    const ended = await coding([passed], { plan: { ...plan, config: { penalty: 0.25 } } });
    expect(JSON.parse(written(ended, 'config.json')[0] ?? '')).toMatchObject({
      recipe: 'linear',
      penalty: 0.25,
      scale: 'standard',
    });
  });

  it('builds the quickest recipe for a floor', async () => {
    const ended = await coding([passed], { action: 'floor', plan: null });
    const settings = JSON.parse(written(ended, 'config.json')[0] ?? '');
    expect(settings).toMatchObject({ recipe: 'floor' });
    const submitted = contracts.plan.parse(ended.steps.at(-1)?.args['plan']);
    expect(submitted).toMatchObject({ recipe: 'floor', config: settings });
    expect(submitted.architecture.length).toBeGreaterThan(20);
  });

  it('writes the recipe anew, once, where it finds no cause', async () => {
    const mended = await coding([contract, passed]);
    expect(names(mended).slice(3)).toEqual(['write_file', 'write_file', 'check_candidate', 'submit_version']);
    const hopeless = await coding([contract, contract, contract]);
    expect(names(hopeless).filter((name) => name === 'check_candidate')).toHaveLength(2);
    expect(hopeless.gaveUp).toBe('Written anew it still fails: oof.csv: no row is predicted');
  });

  it('starts a fix from what was said of the version', async () => {
    const feedback = 'Traceback (most recent call last):\n  File "/t/train.py", line 1\nValueError: odd';
    const ended = await coding([passed], { action: 'fix', feedback });
    expect(names(ended)).toEqual(['write_file', 'write_file', 'check_candidate', 'submit_version']);
  });

  it('takes cheaper settings where the version was too much', async () => {
    const forest = { ...plan, recipe: 'forest' };
    const ended = await coding([passed], {
      action: 'fix',
      plan: forest,
      feedback: 'The training ended as timed-out.',
    });
    expect(JSON.parse(written(ended, 'config.json')[0] ?? '')).toMatchObject({ trees: 60 });
  });

  it('builds the nearest recipe where somebody else has planned, and says so', async () => {
    const theirs = { ...plan, recipe: null, config: { depth: 3 } };
    const architecture = 'Extra trees, 500 of them; a ridge on top was considered.';
    const ended = await coding([passed], { plan: { ...theirs, name: 'Many trees', architecture } });
    const config = JSON.parse(written(ended, 'config.json')[0] ?? '');
    expect(config).toMatchObject({ recipe: 'forest' });
    expect(config).not.toHaveProperty('depth');
    expect(ended.steps.at(-1)?.args['summary']).toMatch(/^In place of what was planned: /);
  });

  it('builds what promises most where nothing of a plan is known', async () => {
    const vague = {
      ...plan,
      recipe: null,
      name: 'Something',
      architecture: 'A model.',
      summary: 'It predicts.',
    };
    const ended = await coding([passed], { plan: vague });
    expect(names(ended).at(-1)).toBe('submit_version');
  });

  it('gives up where a tool refuses', async () => {
    const refusing: Toolbox = () => ({ content: 'disk full', failed: true });
    const { gaveUp } = await converse(createPlaybook({ clumsy: false }), coderBrief(), refusing);
    expect(gaveUp).toContain('disk full');
  });
});
