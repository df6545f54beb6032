import { type BoardEntry, type Plan, plan as planSchema } from '@modelwright/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readRecipes } from '../recipe/read-recipes.ts';
import { card, designerBrief, pictureTask, tableTask, valueTask } from '../testing/briefs.ts';
import { design } from './designer.ts';

const recipes = readRecipes();
type Changes = Parameters<typeof designerBrief>[0];

function plansFor(changes: Changes): Plan[] {
  const { call } = design(designerBrief(changes), [], recipes);
  expect(call?.name).toBe('submit_plans');
  return z.object({ plans: z.array(planSchema) }).parse(call?.args).plans;
}

const recipesOf = (plans: readonly Plan[]) => plans.map(({ recipe }) => recipe);

const entry = (candidate: string, plan: Plan, value: number): BoardEntry => ({
  candidate,
  plan,
  state: 'scored',
  score: { value, standardError: 0.01, interval: [value - 0.02, value + 0.02], rows: 100 },
  oof: null,
  seconds: 2,
  diagnosis: null,
});

describe('a portfolio', () => {
  it('takes one of each family before any variation', () => {
    const plans = plansFor({ count: 9 });
    const families = recipesOf(plans).slice(0, 6);
    expect(new Set(families).size).toBe(6);
    expect(plans.slice(6).every(({ recipe }) => families.includes(recipe))).toBe(true);
  });

  it('puts smooth models first on few rows, boosting on many', () => {
    expect(recipesOf(plansFor({ count: 3 }))).toEqual(['linear', 'kernel', 'network']);
    const many = plansFor({ count: 2, task: { ...tableTask, rows: 30_000 } });
    expect(recipesOf(many)).toEqual(['boosting', 'forest']);
  });

  it('asked for again proposes what was not tried', () => {
    const first = plansFor({ count: 3 });
    const board = first.map((plan, n) => entry(`c${n + 1}`, plan, 0.9));
    const names = first.map(({ name }) => name);
    const again = plansFor({ count: 3, board });
    expect(again).toHaveLength(3);
    expect(again.filter(({ name }) => names.includes(name))).toEqual([]);
  });

  it('reads small pictures as pictures', () => {
    expect(recipesOf(plansFor({ count: 3, task: pictureTask }))).toEqual([
      'kernel',
      'gradients',
      'neighbours',
    ]);
  });

  it('says nothing of pictures where there are none', () => {
    for (const plan of plansFor({ count: 20 })) expect(JSON.stringify(plan)).not.toMatch(/picture|pixel/i);
  });

  it('gives numbers from the card', () => {
    const [first] = plansFor({ count: 1 });
    expect(first?.reason).toContain('120 rows');
    expect(first?.validation).toContain('5 folds, drawn stratified');
  });

  it('fills every field of every plan, whatever the data', () => {
    const tasks = fc.record({
      task: fc.constantFrom(tableTask, valueTask, pictureTask),
      rows: fc.integer({ min: 20, max: 1_000_000 }),
      columns: fc.integer({ min: 1, max: 60 }),
      missing: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(tasks, ({ task, rows, columns, missing }) => {
        const features =
          task.image === null
            ? Array.from({ length: columns }, (_, n) => ({ name: `f${n}`, kind: 'categorical' as const }))
            : task.features;
        const given = { task: { ...task, rows, features }, card: { ...card, columns: [{ missing }] } };
        const plans = plansFor({ ...given, count: 30 });
        expect(new Set(plans.map(({ name }) => name)).size).toBe(plans.length);
        for (const plan of plans) {
          for (const [field, value] of Object.entries(plan)) {
            if (typeof value === 'string') expect(value, `${plan.name}: ${field}`).toMatch(/^\S.*\S$/s);
          }
          expect(plan.config['recipe']).toBe(plan.recipe);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a revision', () => {
  const board = plansFor({ count: 3 }).map((plan, place) => entry(`c${place + 1}`, plan, 0.3 + place / 10));
  const revised = (count: number) => plansFor({ action: 'revise', parent: 'c1', count, board });

  it('never proposes what is on the board', () => {
    const tried = board.map(({ plan }) => plan.name);
    for (const { name } of revised(30)) expect(tried).not.toContain(name);
  });

  it('says who leads, and what is new', () => {
    const [plan] = revised(1);
    expect(plan?.reason).toMatch(/^c1 \(Regularised linear model\) leads with 0.3 ± 0.010\./);
  });

  it('ends with the reason when everything has been tried', () => {
    const all = plansFor({ count: 100 }).map((plan, place) => entry(`c${place}`, plan, 1));
    const { call, text } = design(designerBrief({ action: 'revise', board: all }), [], recipes);
    expect(call).toBeNull();
    expect(text).toContain('has been tried');
  });
});
