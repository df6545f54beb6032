/** What plans have to be to be taken: few enough, unlike each other and unlike what there is, and said to be so. */
import type { BoardEntry, Plan } from '@modelwright/contracts';

export interface Submission {
  readonly plans: readonly Plan[];
  readonly axes?:
    | ReadonlyArray<{ readonly axis: string; readonly positions: Readonly<Record<string, string>> }>
    | undefined;
  readonly baseline?: string | undefined;
  readonly missing?: string | undefined;
}

export interface Wanted {
  readonly action: 'portfolio' | 'revise' | 'combine';
  readonly count: number;
  readonly board: readonly BoardEntry[];
}

/** Why plans are not taken, with what to do about it; null when they are. */
export function objectionTo(submission: Submission, wanted: Wanted): string | null {
  return (
    objectionToNames(submission, wanted) ??
    (wanted.action === 'portfolio' ? objectionToPortfolio(submission) : objectionToAddition(submission))
  );
}

/** A plan that says where it stands, for whoever reads it later. */
export function onAxes(plan: Plan, { axes = [] }: Submission): Plan {
  const positions = axes.map(({ axis, positions: all }) => `${axis}: ${all[plan.name]}`);
  return positions.length === 0 ? plan : { ...plan, differs: `${plan.differs} [${positions.join('; ')}]` };
}

function objectionToNames({ plans }: Submission, { count, board }: Wanted): string | null {
  if (plans.length > count) return `${plans.length} plans, and ${count} wanted: choose`;
  const names = plans.map(({ name }) => name);
  if (new Set(names).size < names.length) return 'two plans have the same name: name what sets them apart';
  const known = names.filter((name) => board.some(({ plan }) => plan.name === name));
  if (known.length === 0) return null;
  return `the board has a candidate of the same name already: ${known.join(', ')}; name what is new, or propose something else`;
}

function objectionToPortfolio({ plans, axes = [], baseline }: Submission): string | null {
  if (plans.length === 1) return null;
  if (axes.length === 0) {
    return 'say in `axes` in which respects the plans differ, and where each of them stands';
  }
  for (const { axis, positions } of axes) {
    const absent = plans.find(({ name }) => positions[name] === undefined);
    if (absent !== undefined) return `the axis "${axis}" has no position of "${absent.name}"`;
  }
  const twins = twinsAmong(plans, axes);
  if (twins !== null) {
    return `"${twins[0]}" and "${twins[1]}" stand at the same place on every axis: they are one plan with other numbers`;
  }
  if (baseline === undefined || plans.every(({ name }) => name !== baseline)) {
    return 'name in `baseline` the plan that is a classical baseline (such as a regularised linear model, or trees with sound defaults); a portfolio has at least one';
  }
  return null;
}

function objectionToAddition({ missing }: Submission): string | null {
  if (missing !== undefined && missing.trim() !== '') return null;
  return 'say in `missing` what the board lacks or gets wrong, that these plans bring';
}

function twinsAmong(
  plans: readonly Plan[],
  axes: NonNullable<Submission['axes']>,
): readonly [string, string] | null {
  const seen = new Map<string, string>();
  for (const { name } of plans) {
    const place = JSON.stringify(axes.map(({ positions }) => positions[name]?.trim().toLowerCase()));
    const other = seen.get(place);
    if (other !== undefined) return [other, name];
    seen.set(place, name);
  }
  return null;
}
