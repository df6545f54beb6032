/** What is said of plans when they are handed over: in what they differ, which is the safe one, what was missing. */
import type { Plan } from '@modelwright/contracts';

/** Everything else the recipes offer is classical. */
const NOT_CLASSICAL: ReadonlySet<string | null> = new Set(['network']);

export function portfolioSubmission(plans: readonly Plan[]): Readonly<Record<string, unknown>> {
  const family = { axis: 'family of models', positions: byName(plans, ({ recipe }) => recipe ?? 'own') };
  const variation = { axis: 'variation', positions: byName(plans, ({ name }) => name) };
  const oneEach = new Set(plans.map(({ recipe }) => recipe)).size === plans.length;
  const classical = plans.filter(({ recipe }) => !NOT_CLASSICAL.has(recipe));
  const baseline = classical.find(({ recipe }) => recipe === 'linear') ?? classical[0];
  return { plans, axes: oneEach ? [family] : [family, variation], baseline: baseline?.name };
}

export function revisionSubmission(plans: readonly Plan[]): Readonly<Record<string, unknown>> {
  return { plans, missing: `no candidate has tried ${plans.map(({ name }) => name).join('; ')}` };
}

function byName(plans: readonly Plan[], say: (plan: Plan) => string): Record<string, string> {
  return Object.fromEntries(plans.map((plan) => [plan.name, say(plan)]));
}
