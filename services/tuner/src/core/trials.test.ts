import { describe, expect, it } from 'vitest';
import { notToldOf } from './trials.ts';

const started = (job: string) => ({
  name: 'train_start',
  arguments: '{"config":{}}',
  content: JSON.stringify({ job, config: {} }),
  failed: false,
});
const waited = (content: string, failed = false) => ({
  name: 'train_wait',
  arguments: '{}',
  content,
  failed,
});
const report = (job: string, outcome: string) => JSON.stringify([{ job, outcome }]);

describe('trainings whose end has not been told', () => {
  it('are those that ran when one last looked, and those never looked at', () => {
    const calls = [
      ...['a', 'b', 'c'].map(started),
      waited(report('a', 'failed')),
      waited(report('b', 'running')),
    ];
    expect(notToldOf(calls).map(({ job }) => job)).toEqual(['b', 'c']);
  });

  it('are also those of an answer that was refused, or was cut short', () => {
    const calls = [
      started('a'),
      waited('train_wait: not started', true),
      waited(report('a', 'finished').slice(0, -3)),
    ];
    expect(notToldOf(calls).map(({ job }) => job)).toEqual(['a']);
  });
});
