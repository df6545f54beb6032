/** What people read of a run: board, block, summary, sentences. */
import { describe, expect, it } from 'vitest';
import { leaderboardLines, rankedIn } from './leaderboard.ts';
import { runBlock } from './run-block.ts';
import {
  best,
  delivery,
  ended,
  jobClosed,
  logOf,
  MINUTE,
  planned,
  prepared,
  RUN,
  START,
  score,
  scored,
  started,
  trainedAs,
} from './run-log.fixture.ts';
import { viewOf } from './run-view.ts';
import { shellWord, summaryLines } from './summary.ts';
import { eventText } from './text/event.ts';
import { bytesText, durationText } from './text/quantity.ts';
import { scoreText } from './text/score.ts';
import { harmless, oneLine } from './text/shorten.ts';

const searching = [
  started,
  prepared,
  planned('c0', 'floor'),
  trainedAs('c0', 'logistic regression'),
  scored('c0', 0.94),
  best('c0', 0.94),
  planned('c1', 'forest'),
  scored('c1', 0.975),
  planned('c2', 'neighbours'),
];

describe('the leaderboard', () => {
  it('puts the best score first and those without one last', () => {
    expect(rankedIn(viewOf(logOf(searching))).map((candidate) => candidate.id)).toEqual(['c1', 'c0', 'c2']);
  });

  it('marks the best and shows scores with their intervals', () => {
    const lines = leaderboardLines(viewOf(logOf(searching)), 120);
    expect(lines[0]).toMatch(/candidate\s+accuracy\s+trials/);
    expect(lines[1]).toContain('c1         0.9750 [0.9670, 0.9830]');
    expect(lines[2]).toMatch(/^\* {2}c0 /);
    expect(lines[3]).toContain('planned');
  });
});

describe('the live block', () => {
  it('shows the run, its phase and the time left', () => {
    const [head] = runBlock(viewOf(logOf(searching)), { run: RUN, now: START + 2 * MINUTE, width: 100 });
    expect(head).toBe(`${RUN}   preparing   2 min 00 s gone, at most 8 min 00 s left`);
  });

  it('says aloud that a program was not contained', () => {
    const view = viewOf(logOf([started, jobClosed('a', 'finished', 'none')]));
    expect(runBlock(view, { run: RUN, now: START, width: 100 }).join('\n')).toContain('isolation: none');
  });

  it('never writes beyond the width of the terminal', () => {
    const lines = runBlock(viewOf(logOf(searching)), { run: RUN, now: START, width: 40 });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  });

  it('waits for a manager before the first record', () => {
    expect(runBlock(viewOf([]), { run: RUN, now: START, width: 80 })[0]).toContain('waiting for a manager');
  });
});

describe('the summary', () => {
  const view = viewOf(logOf([...searching, ...delivery, ended('finished')]));
  const text = summaryLines(
    view,
    {
      folder: 'results/a b',
      hasModel: true,
      hasSubmission: true,
      hasCandidates: true,
      hasInsights: true,
      hasTask: false,
    },
    100,
  ).join('\n');

  it('names the chosen model with both scores and their intervals', () => {
    expect(text).toContain('Chosen: c1 (forest): best on the score split');
    expect(text).toContain('accuracy on the score rows    0.9750 [0.9670, 0.9830]');
    expect(text).toContain('accuracy on the holdout       0.9780 [0.9700, 0.9860]');
  });

  it('says where the files are and the exact commands to use them', () => {
    expect(text).toContain("cd 'results/a b'");
    expect(text).toContain('inference.py --model model --input <folder> --output predictions.csv');
  });
});

describe('words', () => {
  it.each([
    [score(0.975), '0.9750 [0.9670, 0.9830]'],
    [
      { value: 53.27, standardError: 1.8, interval: [50, 56.5] as [number, number], rows: 9 },
      '53.3 [50.0, 56.5]',
    ],
    [{ value: 1, standardError: 0, interval: [1, 1] as [number, number], rows: 9 }, '1.000 [1.000, 1.000]'],
    [
      { value: 5e6, standardError: 4e4, interval: [4.9e6, 5.1e6] as [number, number], rows: 9 },
      '5000000 [4900000, 5100000]',
    ],
  ])('give a score the digits its error bears', (given, expected) => {
    expect(scoreText(given)).toBe(expected);
  });

  it('state durations and sizes shortly', () => {
    expect([400, 59_400, 185_000, 7_800_000, -5].map(durationText)).toEqual([
      '0 s',
      '59 s',
      '3 min 05 s',
      '2 h 10 min',
      '0 s',
    ]);
    expect([999, 1500, 64_000_000].map(bytesText)).toEqual(['999 B', '1.5 kB', '64.0 MB']);
  });

  it('never let an escape sequence of foreign text reach the terminal', () => {
    expect(harmless('a\u001b[31mred\u001b[0m\u0007\rb')).toBe('aredb');
    expect(oneLine('two\n  lines that are long', 12)).toBe('two lines t…');
  });

  it('quote a folder as a shell needs it', () => {
    expect(shellWord("it's")).toBe(`'it'\\''s'`);
    expect(shellWord('results/digits-k3f9x2-07')).toBe('results/digits-k3f9x2-07');
  });

  it('tell a failed job by its first line and say nothing of a finished one', () => {
    expect(eventText(jobClosed('a', 'failed', 'contained'))).toBe('job a failed: exit code 1 Traceback');
    expect(eventText(jobClosed('a', 'finished', 'contained'))).toBeNull();
  });
});
