/** Every mistake that the clumsy coder makes, found and repaired by what a real Python says of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../../bootstrap/toolchain.mjs';
import { drawing } from '../draw.ts';
import { createPlaybook } from '../playbook.ts';
import { readRecipes } from '../recipe/read-recipes.ts';
import { situationOf } from '../recipe/situation.ts';
import { coderBrief, pictureTask, plan, tableTask, valueTask } from '../testing/briefs.ts';
import { converse, type Toolbox } from '../testing/converse.ts';
import { Workbench } from '../testing/workbench.ts';
import { BUGS, type Files } from './clumsy/bugs.ts';
import { intentOf } from './intent.ts';

const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python;
const recipes = readRecipes();

/** Tasks and recipes on which every kind of mistake can be made somewhere. */
const CASES = [
  { task: tableTask, recipe: 'kernel' },
  { task: valueTask, recipe: 'linear' },
  { task: pictureTask, recipe: 'gradients' },
  { task: tableTask, recipe: 'floor' },
] as const;

/** Two of the cases in which this mistake can be made. */
function planted(name: string) {
  return CASES.flatMap(({ task, recipe }) => {
    const brief = coderBrief({ task, plan: { ...plan, recipe } });
    const intent = intentOf(brief, recipes);
    const around = { draw: drawing(3, name), situation: situationOf(brief) };
    const files = intent === null ? null : (BUGS.get(name)?.(intent.files, around) ?? null);
    return files === null ? [] : [{ brief, files }];
  }).slice(0, 2);
}

/** The tools, but what is written first comes out as in `files`. */
function slipping(toolbox: Toolbox, files: Files): Toolbox {
  let left = files.size;
  return (name, args) => {
    const slip = name === 'write_file' && left-- > 0;
    return toolbox(name, slip ? { ...args, content: files.get(String(args['path'])) } : args);
  };
}

describe.skipIf(python === undefined)('the clumsy coder', { timeout: 120_000 }, () => {
  let bench: Workbench;
  beforeAll(() => {
    bench = new Workbench(python ?? '');
  });
  afterAll(() => bench.close());

  it.each([...BUGS.keys()])('repairs: %s', async (name) => {
    const cases = planted(name);
    expect(cases.length).toBeGreaterThan(0);
    for (const { brief, files } of cases) {
      const toolbox = slipping(bench.open(brief.task), files);
      const { steps, gaveUp } = await converse(createPlaybook({ clumsy: false }), brief, toolbox);
      expect(gaveUp).toBeNull();
      const checks = steps
        .filter((step) => step.name === 'check_candidate')
        .map(({ content }) => JSON.parse(content));
      expect(checks.map(({ passed }) => passed)).toEqual([false, true]);
    }
  });

  it.each([11, 12, 13])('makes its own mistakes (seed %i), and finds them', async (seed) => {
    const brief = coderBrief({ seed });
    const toolbox = bench.open(brief.task);
    const { steps, gaveUp } = await converse(createPlaybook({ clumsy: true }), brief, toolbox);
    expect(gaveUp).toBeNull();
    expect(steps.filter(({ name }) => name === 'check_candidate').length).toBeGreaterThan(1);
  });
});
