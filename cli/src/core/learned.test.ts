import { type RunEvent, task, turnRecordBody } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { insightsText, proposedTaskText } from './learned.ts';
import { logOf, RUN, START, started } from './run-log.fixture.ts';
import { viewOf } from './run-view.ts';
import { readTask } from './task-file.ts';
import { ASSIGNMENT, transcript } from './transcript.fixture.ts';
import { usedByAgents } from './used-by-agents.ts';

const noted: RunEvent = {
  type: 'insights-noted',
  assignment: ASSIGNMENT,
  role: 'coder',
  candidate: 'c1',
  notes: ['Border pixels are\nalways 0.', 'Classes are even.'],
};

describe('what a run leaves for the next one', () => {
  it('is what was learned, with who learned it', () => {
    expect(insightsText(RUN, viewOf(logOf([started, noted])))).toBe(
      '# What was learned about the data of digits\n\n' +
        '- Border pixels are\n  always 0. *(coder, c1)*\n- Classes are even. *(coder, c1)*\n',
    );
    expect(insightsText(RUN, viewOf(logOf([started])))).toBeNull();
  });

  it('is the task that was proposed, as a task.yaml that a run would take', () => {
    if (started.type !== 'run-started' || started.submitted.task === null) throw new Error('no task');
    const proposed = task.parse({
      ...started.submitted.task,
      description: 'First: a line.\nThen # another.\n',
    });
    const view = viewOf(logOf([{ ...started, submitted: { ...started.submitted, task: null } }]));
    const text = proposedTaskText({ ...view, task: proposed }) ?? '';
    expect(readTask(new TextEncoder().encode(text))).toMatchObject({ kind: 'read', task: proposed });
  });

  it('is no task where the user had written one', () => {
    expect(proposedTaskText(viewOf(logOf([started])))).toBeNull();
  });
});

describe('what agents used', () => {
  const sha = 'c'.repeat(64);
  const looked = [
    { type: 'taken', worker: 'w', prefix: { system: sha, brief: sha, tools: sha }, at: START },
    {
      type: 'reply',
      turn: 1,
      text: '',
      calls: [
        { id: '1', name: 'web_search', arguments: '{"query":"digit recognition"}' },
        { id: '2', name: 'read_file', arguments: '{"path":"a"}' },
        { id: '3', name: 'fetch_url', arguments: '{"url":"https://example.org/a"}' },
        { id: '4', name: 'fetch_url', arguments: '{"url":' },
      ],
      usage: { inputTokens: 1, outputTokens: 1, microUsd: 0 },
      model: 'gpt',
      at: START,
    },
    ...[0, 1, 2, 3].map((call) => ({
      type: 'result',
      turn: 1,
      call,
      content: 'x',
      failed: call === 3,
      version: null,
      at: START,
    })),
  ].map((record) => turnRecordBody.parse(record));
  const used = usedByAgents(
    viewOf(logOf([started])),
    new Map([
      ['a', looked],
      [ASSIGNMENT, transcript],
    ]),
  );

  it('has every query and page that was looked up, answered or not', () => {
    expect(used.web).toEqual([
      { assignment: 'a', tool: 'web_search', asked: 'digit recognition', failed: false },
      { assignment: 'a', tool: 'fetch_url', asked: 'https://example.org/a', failed: false },
      { assignment: 'a', tool: 'fetch_url', asked: '{"url":', failed: true },
    ]);
  });

  it('has the hashes of what each was told, and who answered', () => {
    expect(used.agents).toMatchObject([
      { assignment: 'a', models: ['gpt'], prompt: { system: sha } },
      { assignment: ASSIGNMENT, models: ['gpt', 'local'], prompt: null },
    ]);
  });
});
