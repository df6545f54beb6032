import { describe, expect, it } from 'vitest';
import { decisionLines, ProgramOutput, turnLines } from './history.ts';
import { recordOf, START, scored } from './run-log.fixture.ts';

const report = (first: number, lines: string[], attempt = 1) => ({
  job: 'job-a',
  attempt,
  stream: 'stdout' as const,
  first,
  lines,
});
const texts = (lines: string[]) => lines.map((line) => line.split('  ').slice(2).join('  '));

describe('the history of a run', () => {
  it('shows a decision with its reason and what it made happen', () => {
    const lines = decisionLines(START, recordOf([scored('c1', 0.975)], 0));
    expect(lines[0]).toContain('manager  because');
    expect(lines[1]).toContain('c1 scores 0.9750 [0.9670, 0.9830]');
  });

  it('shows a reply with its tool calls, and no intent', () => {
    const call = { id: '1', name: 'write_file', arguments: '{"path":"model.py"}' };
    const usage = {
      inputTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
      microUsd: 0,
      priced: true,
    };
    const [line] = turnLines('c1_coder_1', {
      type: 'reply',
      turn: 1,
      text: 'Now.',
      calls: [call],
      usage,
      model: 'm',
      finish: 'stop',
      at: START,
    });
    expect(line).toContain('c1_coder_1  Now.  → write_file {"path":"model.py"}');
    expect(
      turnLines('c1', {
        type: 'intent',
        turn: 1,
        ceilingMicroUsd: 0,
        purpose: 'turn',
        status: '',
        at: START,
      }),
    ).toEqual([]);
  });

  it('shows a line of output once, however often it is sent', () => {
    const output = new ProgramOutput();
    const shown = [report(0, ['a', 'b']), report(0, ['a', 'b']), report(1, ['b', 'c'])].flatMap((one) =>
      texts(output.logLines(START, one, 'job-a')),
    );
    expect(shown).toEqual(['a', 'b', 'c']);
  });

  it('says how many lines the server no longer keeps', () => {
    expect(texts(new ProgramOutput().logLines(START, report(7, ['h']), 'job-a'))).toEqual([
      '… 7 lines are no longer kept',
      'h',
    ]);
  });

  it('numbers the lines of each attempt on its own', () => {
    const output = new ProgramOutput();
    output.logLines(START, report(0, ['a']), 'job-a');
    expect(texts(output.logLines(START, report(0, ['again'], 2), 'job-a'))).toEqual(['again']);
  });

  it('shows points of a curve', () => {
    const points = [{ step: 3, name: 'loss', value: 0.123456789, time: START / 1000 }];
    expect(texts(new ProgramOutput().metricLines({ job: 'j', attempt: 1, first: 0, points }, 'j'))).toEqual([
      'step 3  loss 0.123457',
    ]);
  });

  it('shows values that are no numbers among the points, and misses none', () => {
    const at = (step: number) => ({ step, name: 'loss', time: START / 1000 + step });
    const points = [
      { ...at(0), value: 1 },
      { ...at(2), value: 2 },
    ];
    const first = { job: 'j', attempt: 1, first: 0, points, notFinite: [{ ...at(1), is: 'nan' as const }] };
    const next = { job: 'j', attempt: 1, first: 3, points: [{ ...at(3), value: 3 }] };
    const output = new ProgramOutput();
    expect(texts([...output.metricLines(first, 'j'), ...output.metricLines(next, 'j')])).toEqual([
      'step 0  loss 1',
      'step 1  loss nan!',
      'step 2  loss 2',
      'step 3  loss 3',
    ]);
  });
});
