import { describe, expect, it } from 'vitest';
import { type ControlRecord, controlRecord } from './control.ts';

describe('a record of what is wanted', () => {
  it.each<ControlRecord>([
    { run: 'r', state: 'cancelled', reason: 'enough' },
    { job: 'j', desired: 'cancelled', reason: 'enough' },
    { assignment: 'a', desired: 'cancelled', reason: 'enough' },
  ])('is read whatever it is about: %o', (record) => {
    expect(controlRecord.parse(record)).toEqual(record);
  });
});
