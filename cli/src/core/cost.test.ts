import { type ModelSpending, type Role, type RunEvent, runEvent, type Spent } from '@modelwright/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costLines, costOf, moneyLines } from './cost.ts';
import { runJson } from './run-json.ts';
import { logOf, RUN, START, started } from './run-log.fixture.ts';
import { type RunView, viewOf } from './run-view.ts';

const spending = (over: Partial<ModelSpending>): ModelSpending => ({
  calls: 1,
  unpricedCalls: 0,
  inputTokens: 1000,
  cachedTokens: 600,
  outputTokens: 100,
  reasoningTokens: 40,
  microUsd: 2500,
  ...over,
});
const spentOn = (byModel: Record<string, ModelSpending>, extra = 0): Spent => ({
  turns: 1,
  microUsd: Object.values(byModel).reduce((sum, one) => sum + one.microUsd, extra),
  byModel,
});
const opened = (assignment: string, role: Role, candidate: string): RunEvent => ({
  type: 'assignment-opened',
  assignment,
  role,
  action: 'do',
  candidate,
  grant: { turns: 10, microUsd: 500_000, tokens: null, deadline: START },
  player: { kind: 'models', models: [] },
  at: START,
});
const closed = (assignment: string, spent: Spent): RunEvent => ({
  type: 'assignment-closed',
  assignment,
  spent,
  failure: null,
});
const seen = (...events: RunEvent[]): RunView => viewOf(logOf([started, ...events]));

describe('what a run cost', () => {
  const view = seen(
    opened('a', 'designer', 'run'),
    opened('b', 'coder', 'c1'),
    opened('c', 'coder', 'c2'),
    closed('a', spentOn({ gpt: spending({ microUsd: 30_000, calls: 3 }) })),
    closed('b', spentOn({ gpt: spending({}), local: spending({ microUsd: 0, unpricedCalls: 1 }) })),
    { type: 'budget-raised', microUsd: 5_000_000 },
  );

  it('is told by role, by candidate and by model, the dearest first', () => {
    const cost = costOf(view);
    expect(cost).toMatchObject({
      capMicroUsd: 5_000_000,
      spentMicroUsd: 32_500,
      reservedMicroUsd: 500_000,
      total: { calls: 5, unpricedCalls: 1, cachedTokens: 1800, reasoningTokens: 120 },
    });
    expect(cost.byRole.map((row) => [row.key, row.microUsd])).toEqual([
      ['designer', 30_000],
      ['coder', 2500],
    ]);
    expect(cost.byCandidate.map((row) => row.key)).toEqual(['run', 'c1']);
    expect(cost.byModel.map((row) => [row.key, row.calls])).toEqual([
      ['gpt', 4],
      ['local', 1],
    ]);
  });

  it('counts work under way by what its transcript has come to', () => {
    const soFar = new Map([['c', spentOn({ gpt: spending({ microUsd: 7000 }) })]]);
    expect(costOf(view, soFar)).toMatchObject({ spentMicroUsd: 39_500, total: { calls: 6 } });
  });

  it('takes the last word on an assignment: a late final message corrects a forced end', () => {
    const forced = seen(
      opened('a', 'coder', 'c1'),
      closed('a', { turns: 0, microUsd: 500_000, byModel: {} }),
    );
    expect(costOf(forced).byModel).toMatchObject([{ key: '(not itemised)', microUsd: 500_000, calls: 0 }]);
    const corrected = seen(
      opened('a', 'coder', 'c1'),
      closed('a', { turns: 0, microUsd: 500_000, byModel: {} }),
      closed('a', spentOn({ gpt: spending({}) })),
    );
    expect(costOf(corrected)).toMatchObject({ spentMicroUsd: 2500, byModel: [{ key: 'gpt' }] });
  });

  it('adds up to the same sum whichever way it is broken down', () => {
    const model = fc.record({
      name: fc.constantFrom('gpt', 'local', 'cheap'),
      microUsd: fc.nat(1e9),
      extra: fc.nat(1e6),
    });
    fc.assert(
      fc.property(fc.array(model, { maxLength: 20 }), (models) => {
        const events = models.flatMap(({ name, microUsd, extra }, index) => [
          opened(`a${index}`, index % 2 === 0 ? 'coder' : 'tuner', `c${index % 3}`),
          closed(`a${index}`, spentOn({ [name]: spending({ microUsd }) }, extra)),
        ]);
        const cost = costOf(seen(...events));
        const sum = (rows: typeof cost.byRole) => rows.reduce((total, row) => total + row.microUsd, 0);
        expect([sum(cost.byRole), sum(cost.byCandidate), sum(cost.byModel)]).toEqual(
          Array(3).fill(cost.spentMicroUsd),
        );
      }),
    );
  });

  it('is shown as tables that say which calls have no price', () => {
    const text = costLines(costOf(view)).join('\n');
    expect(text).toMatch(/^\$0\.0325 of \$5\.00; up to \$0\.5000 granted to work under way/);
    expect(text).toMatch(/designer +3 +1,000 +600 +100 +40 +\$0\.0300/);
    expect(text).toContain('1 call without a known price is not in these sums');
  });

  it('leaves out what the playbook answered', () => {
    const event = { ...opened('a', 'coder', 'c1'), player: { kind: 'playbook', clumsy: false } };
    const played = seen(runEvent.parse(event), closed('a', spentOn({ playbook: spending({ microUsd: 0 }) })));
    expect(costOf(played)).toMatchObject({ total: { calls: 0 }, byModel: [], byRole: [] });
    expect(moneyLines(played)).toEqual([]);
  });

  it('says so where no model was asked', () => {
    expect(costLines(costOf(seen())).at(-1)).toBe('No language model has been asked anything.');
    expect(moneyLines(seen())).toEqual([]);
  });

  it('is in one line for who watches, and says how a paused run goes on', () => {
    expect(moneyLines(view)).toEqual([
      'models: $0.0325 of $5.00, up to $0.5000 more under way, 5 calls (1 unpriced)',
    ]);
    const limited = seen(opened('a', 'coder', 'c1'), { type: 'budget-raised', microUsd: 1, tokens: 70_000 });
    expect(moneyLines(limited)[0]).toContain('0 of 70,000 tokens');
    const paused = seen({ type: 'money-paused', spentMicroUsd: 1, capMicroUsd: 1 });
    expect(moneyLines(paused).join('\n')).toContain('modelwright resume');
  });

  it('is there for programs', () => {
    expect(runJson(RUN, view).cost).toMatchObject({ spentMicroUsd: 32_500, byModel: [{ key: 'gpt' }, {}] });
  });
});
