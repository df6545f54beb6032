import { describe, expect, it } from 'vitest';
import { RUN } from './run-log.fixture.ts';
import { type AgentReplayed, isSame, type RunReplayed, replayLines } from './run-replayed.ts';

const about = (assignment: string, role: string) => ({ assignment: `${RUN}_${assignment}`, role });
const same: AgentReplayed = { ...about('c1_implement_1', 'coder'), kind: 'same', turns: 4, finished: true };
const diverged: AgentReplayed = {
  ...about('run_portfolio_1', 'designer'),
  kind: 'diverged',
  divergence: { turn: 0, what: 'the system prompt', recorded: 'aaaa', now: 'bbbb' },
};
const whole: RunReplayed = {
  run: RUN,
  decisions: { decisions: 57, silent: 0, foreign: 0, divergence: null },
  agents: [same],
};

describe('a replay', () => {
  it('that comes out the same says what was gone through', () => {
    expect(isSame(whole)).toBe(true);
    expect(replayLines(whole)).toEqual([
      'decisions: 57 made again, all the same',
      'agents: 1 conversation of 4 turns gone through again, all the same',
      'The same decisions.',
    ]);
  });

  it('of which an agent comes out otherwise says whose and what', () => {
    const replayed = { ...whole, agents: [same, diverged] };
    expect(isSame(replayed)).toBe(false);
    const text = replayLines(replayed).join('\n');
    expect(text).toContain('1 conversation of 4 turns gone through again, and 1 that came out otherwise');
    expect(text).toContain(
      'designer run_portfolio_1: the system prompt\n    on record: aaaa\n    now:       bbbb',
    );
    expect(text).toContain('DIVERGED');
  });

  it('of which a decision comes out otherwise says which, with both reasons', () => {
    const divergence = {
      sequence: 91,
      cause: 'tick',
      recorded: 'c2 is worth a second look',
      now: null,
      difference: 'events[0].type: "candidate-planned" on record, nothing now',
    };
    const replayed = { ...whole, decisions: { decisions: 12, silent: 3, foreign: 1, divergence } };
    expect(isSame(replayed)).toBe(false);
    const text = replayLines(replayed).join('\n');
    expect(text).toContain('(besides 3 without the message that caused them, 1 that every reader skips)');
    expect(text).toContain('the one on tick (record 91) comes out otherwise');
    expect(text).toContain('reason now:       nothing would be decided');
  });

  it('names whom it could not put together, and calls that no divergence', () => {
    const skipped: AgentReplayed = {
      ...about('run_setup_1', 'setup'),
      kind: 'skipped',
      reason: 'not permitted',
    };
    const replayed = { ...whole, agents: [same, skipped] };
    expect(isSame(replayed)).toBe(true);
    expect(replayLines(replayed)).toContain('  setup run_setup_1 was not replayed: not permitted');
  });
});
