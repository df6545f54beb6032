import { contentPlace } from '@modelwright/bus';
import { describe, expect, it } from 'vitest';
import { contentCheck } from './content-check.ts';

const place = contentPlace.parse('s3://models/team');
const failed = (kind: string) =>
  contentCheck(place, {
    kind: 'unusable',
    failure: { kind, message: `Could not:\n${kind}`, retryable: false, origin: 'doctor', causes: [] },
  });

describe('the check of where content is kept', () => {
  it('tells a place in use from a new one, and how fast it is', () => {
    const usable = (marked: boolean) =>
      contentCheck(place, { kind: 'usable', probe: { marked, milliseconds: 12 } });
    expect(usable(true)).toMatchObject({ status: 'ok', detail: expect.stringContaining('holds content') });
    expect(usable(false).detail).toBe('s3://models/team is new; written and read in 12 ms');
  });

  it('fails with what to do, on one line', () => {
    expect(failed('no-credentials')).toMatchObject({
      status: 'fail',
      detail: 's3://models/team: Could not: no-credentials',
      remedy: expect.stringContaining('AWS_PROFILE'),
    });
    expect(failed('anything else').remedy).toContain('docs/artifacts.md');
  });
});
