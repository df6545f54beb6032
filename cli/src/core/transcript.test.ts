import { describe, expect, it } from 'vitest';
import { logOf, RUN, START, started } from './run-log.fixture.ts';
import { viewOf } from './run-view.ts';
import { ASSIGNMENT, finishedTranscript, transcript } from './transcript.fixture.ts';
import { summaryOf, transcriptListLines } from './transcript-list.ts';
import { transcriptLines } from './transcript-text.ts';

describe('a transcript for people', () => {
  const text = transcriptLines(finishedTranscript, { full: false }).join('\n');

  it('says who answered, with what it cost', () => {
    expect(text).toContain('turn 1: gpt, 1200 in (1000 cached), 300 out (100 reasoning), $0.0042');
    expect(text).toContain(
      'turn 2: local, CUT OFF, 1200 in (1000 cached), 300 out (100 reasoning), no known price',
    );
    expect(text).toContain('turn 2: no answer from gpt, charged $0.0910');
    expect(text).toContain('conversation shortened (the context is 80 % full)');
    expect(text).toContain('failed (turns-spent) after 2 turns');
    expect(text).toContain('noted: The pixels are centred.');
  });

  it('shows a written file as a file, and arguments that are not JSON as they came', () => {
    expect(text).toContain('  → write_file path: model.py\n    content:\n      line 1\n      line 2\n');
    expect(text).toContain('  → run_shell {"command": "pyth');
  });

  it('shortens what is long in the middle, unless everything is wanted', () => {
    expect(text).toContain('      line 12\n      … 36 lines more (--full)\n      line 49\n');
    const full = transcriptLines(finishedTranscript, { full: true }).join('\n');
    expect(full).toContain('      line 30\n');
    expect(full).toContain('You have 9 turns left.');
    expect(full).not.toContain('--full');
  });

  it('lets no escape sequence of a tool reach the terminal', () => {
    const [result] = transcript.filter((record) => record.type === 'result');
    if (result?.type !== 'result') throw new Error('no result');
    const lines = transcriptLines([{ ...result, content: 'a\u001b[31mb' }], { full: false });
    expect(lines.join('\n')).toContain('ab');
  });
});

describe('the agents of a run', () => {
  it('are listed with turns, cost and end', () => {
    const view = viewOf(
      logOf([
        started,
        {
          type: 'assignment-opened',
          assignment: ASSIGNMENT,
          role: 'coder',
          action: 'implement',
          candidate: 'c1',
          at: START,
        },
      ]),
    );
    const atWork = summaryOf(ASSIGNMENT, transcript, view);
    expect(atWork).toMatchObject({
      role: 'coder',
      turns: 2,
      calls: 2,
      models: ['gpt', 'local'],
      state: 'at work',
    });
    const failed = summaryOf(ASSIGNMENT, finishedTranscript, view);
    const [head, row] = transcriptListLines(RUN, [failed]);
    expect(head).toMatch(/^assignment +role +answered by +turns +tool calls +cost +state$/);
    expect(row).toMatch(
      /^c1_implement_1 +coder +gpt, local +2 +2 +\$0\.0960 +failed: all 2 turns are used up$/,
    );
  });
});
