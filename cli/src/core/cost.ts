/** What a run cost, broken down: by role, by candidate, by model. The numbers of `modelwright cost`. */
import type { ModelSpending, Spent } from '@modelwright/contracts';
import {
  type AssignmentMoney,
  addSpending,
  type MoneyView,
  NO_SPENDING,
  totalsOf,
  unitemised,
} from './money-view.ts';
import type { RunView } from './run-view.ts';
import { columnsText } from './text/columns.ts';
import { countText, usdText } from './text/quantity.ts';

export interface CostRow extends ModelSpending {
  readonly key: string;
}

export interface Cost {
  readonly capMicroUsd: number;
  /** Input and output together; null: no limit of its own. */
  readonly capTokens: number | null;
  readonly spentMicroUsd: number;
  readonly reservedMicroUsd: number;
  readonly paused: boolean;
  readonly total: ModelSpending;
  readonly byRole: readonly CostRow[];
  readonly byCandidate: readonly CostRow[];
  readonly byModel: readonly CostRow[];
}

/** The name under which money stands that no single model accounts for. */
const UNITEMISED = '(not itemised)';

/** @param soFar What assignments that are not closed have spent by now, by their ids. */
export function costOf(view: RunView, soFar: ReadonlyMap<string, Spent> = new Map()): Cost {
  const money = withOpen(view.money, soFar);
  const { reservedMicroUsd, ...total } = totalsOf(money);
  return {
    capMicroUsd: money.capMicroUsd,
    capTokens: money.capTokens,
    spentMicroUsd: total.microUsd,
    reservedMicroUsd,
    paused: money.paused,
    total,
    byRole: grouped(money, (one) => one.role),
    byCandidate: grouped(money, (one) => one.candidate),
    byModel: byModel(money),
  };
}

/** The playbook's turns cost nothing and are nobody's calls. */
function ofModels({ assignments }: MoneyView): AssignmentMoney[] {
  return assignments.filter((one) => one.player !== 'playbook');
}

function withOpen(money: MoneyView, soFar: ReadonlyMap<string, Spent>): MoneyView {
  const assignments = ofModels(money).map((one) => {
    const spent = one.open ? soFar.get(one.assignment) : undefined;
    return spent === undefined ? one : { ...one, spent };
  });
  return { ...money, assignments };
}

function grouped({ assignments }: MoneyView, keyOf: (one: AssignmentMoney) => string) {
  const rows = new Map<string, ModelSpending>();
  for (const one of assignments) {
    if (isNothing(one.spent)) continue;
    const { reservedMicroUsd: _, ...spending } = totalsOf({ assignments: [one] });
    rows.set(keyOf(one), addSpending(rows.get(keyOf(one)) ?? NO_SPENDING, spending));
  }
  return dearestFirst(rows);
}

function byModel({ assignments }: MoneyView): CostRow[] {
  const rows = new Map<string, ModelSpending>();
  const add = (model: string, spending: ModelSpending) =>
    rows.set(model, addSpending(rows.get(model) ?? NO_SPENDING, spending));
  for (const { spent } of assignments) {
    for (const [model, spending] of Object.entries(spent.byModel)) add(model, spending);
    const rest = unitemised(spent);
    if (rest > 0) add(UNITEMISED, { ...NO_SPENDING, microUsd: rest });
  }
  return dearestFirst(rows);
}

function isNothing(spent: Spent): boolean {
  return spent.microUsd === 0 && Object.keys(spent.byModel).length === 0;
}

function dearestFirst(rows: ReadonlyMap<string, ModelSpending>): CostRow[] {
  return [...rows]
    .map(([key, spending]) => ({ key, ...spending }))
    .toSorted((a, b) => b.microUsd - a.microUsd || b.calls - a.calls || (a.key < b.key ? -1 : 1));
}

export function costLines(cost: Cost): string[] {
  if (cost.byRole.length === 0) return [...headLines(cost), 'No language model has been asked anything.'];
  return [
    ...headLines(cost),
    '',
    ...table('role', cost.byRole),
    '',
    ...table('candidate', cost.byCandidate),
    '',
    ...table('model', [...cost.byModel, { key: 'all', ...cost.total }]),
    ...unpricedLines(cost.total),
  ];
}

function headLines(cost: Cost): string[] {
  const reserved =
    cost.reservedMicroUsd === 0 ? '' : `; up to ${usdText(cost.reservedMicroUsd)} granted to work under way`;
  const paused = cost.paused ? ['The run is paused: modelwright resume <run> --budget-usd <usd>'] : [];
  const spent = `${usdText(cost.spentMicroUsd)} of ${usdText(cost.capMicroUsd)}${tokensText(cost.total, cost.capTokens)}`;
  return [`${spent}${reserved}`, ...paused];
}

/** Of a run whose tokens are limited. */
function tokensText({ inputTokens, outputTokens }: ModelSpending, cap: number | null): string {
  if (cap === null) return '';
  const number = (value: number) => value.toLocaleString('en-US');
  return `, ${number(inputTokens + outputTokens)} of ${number(cap)} tokens`;
}

/** Money that is not counted must not look like money that was not spent. */
export function unpricedLines({ unpricedCalls }: Pick<ModelSpending, 'unpricedCalls'>): string[] {
  if (unpricedCalls === 0) return [];
  const verb = unpricedCalls === 1 ? 'is' : 'are';
  return [
    `${countText(unpricedCalls, 'call')} without a known price ${verb} not in these sums: ` +
      'state prices in modelwright.yaml (docs/models.md).',
  ];
}

/** Cached tokens are part of the input and reasoning tokens of the output. */
function table(title: string, rows: readonly CostRow[]): string[] {
  const count = (value: number) => (value === 0 ? '' : value.toLocaleString('en-US'));
  return columnsText(
    [
      { title },
      { title: 'calls', align: 'right' },
      { title: 'input', align: 'right' },
      { title: 'of it cached', align: 'right' },
      { title: 'output', align: 'right' },
      { title: 'of it reasoning', align: 'right' },
      { title: 'unpriced', align: 'right' },
      { title: 'cost', align: 'right' },
    ],
    rows.map((row) => [
      row.key,
      count(row.calls),
      count(row.inputTokens),
      count(row.cachedTokens),
      count(row.outputTokens),
      count(row.reasoningTokens),
      count(row.unpricedCalls),
      usdText(row.microUsd),
    ]),
  );
}

/** One line for those who watch a run; none where no model plays. */
export function moneyLines(view: RunView): string[] {
  const { money } = view;
  const assignments = ofModels(money);
  const asked = assignments.some((one) => one.player === 'models' || !isNothing(one.spent));
  if (!asked && !money.paused) return [];
  const { reservedMicroUsd, ...total } = totalsOf({ assignments });
  const unpriced = total.unpricedCalls === 0 ? '' : ` (${total.unpricedCalls} unpriced)`;
  const reserved = reservedMicroUsd === 0 ? '' : `, up to ${usdText(reservedMicroUsd)} more under way`;
  const calls = countText(total.calls, 'call');
  const spent = `${usdText(total.microUsd)} of ${usdText(money.capMicroUsd)}${tokensText(total, money.capTokens)}`;
  const line = `models: ${spent}${reserved}, ${calls}${unpriced}`;
  if (!money.paused) return [line];
  return [line, 'PAUSED: the budget is used up. Go on with: modelwright resume <run> --budget-usd <usd>'];
}
