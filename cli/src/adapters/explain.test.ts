import { PermanentFailure, TransientFailure } from '@modelwright/bus';
import { describe, expect, it } from 'vitest';
import { badInput } from '../core/problem.ts';
import { explain } from './explain.ts';

describe('what was thrown', () => {
  it.each([
    [badInput({ message: 'm', remedy: 'r' }), 2],
    [new TransientFailure('bus-away', 'nobody answers'), 3],
    [new TransientFailure('stream-full', 'full'), 3],
    [new PermanentFailure('server-too-old', 'old'), 2],
    [new PermanentFailure('of-a-new-kind', 'what?'), 1],
    [Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }), 2],
    [new Error('a bug'), 1],
    ['not even an error', 1],
  ])('is a problem with a remedy and an exit code: %s', (thrown, exitCode) => {
    const { problems, ...explained } = explain(thrown);
    expect(explained.exitCode).toBe(exitCode);
    expect(problems[0]?.message).not.toBe('');
    expect(problems[0]?.remedy).not.toBe('');
  });
});
