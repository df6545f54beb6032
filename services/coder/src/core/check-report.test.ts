import { describe, expect, it } from 'vitest';
import { type CheckReport, lastPassed, passedAt } from './check-report.ts';

const version = (digit: string) => ({
  commit: digit.repeat(40),
  bundle: { kind: 'blob', store: 'workspaces', sha256: digit.repeat(64), size: 1 } as const,
});
const checked = (digit: string, passed: boolean, seconds = 1) => {
  const report: CheckReport = {
    ...{ passed, seconds, problems: [], outcome: 'finished', reason: '', stdout: '', stderr: '' },
  };
  return { name: 'check_candidate', content: JSON.stringify(report), failed: false, version: version(digit) };
};
const wrote = (digit: string) => ({ ...checked(digit, true), name: 'write_file', content: 'Wrote.' });

describe('checks so far', () => {
  it('know the last version that passed', () => {
    expect(
      lastPassed([checked('a', true), checked('b', true, 2), wrote('c'), checked('c', false)]),
    ).toMatchObject({
      version: version('b'),
      seconds: 2,
    });
  });

  it('know none where none has passed, or none was made', () => {
    expect(lastPassed([wrote('a'), checked('a', false)])).toBeNull();
    expect(
      lastPassed([{ ...checked('a', true), failed: true, content: 'check_candidate: refused' }]),
    ).toBeNull();
  });

  it('count for the commit they were made of, and the last of them decides', () => {
    const calls = [checked('a', true), checked('b', true), checked('a', false)];
    expect(passedAt(calls, version('a'))).toBeNull();
    expect(passedAt(calls, version('b'))).toMatchObject({ version: version('b') });
    expect(passedAt(calls, version('c'))).toBeNull();
  });

  it('count for the environment they were made in', () => {
    const environment = { kind: 'requirements', text: 'lightgbm==4.6.0\n' } as const;
    const inIts = { ...checked('a', true), version: { ...version('a'), environment } };
    expect(passedAt([checked('a', true)], { ...version('a'), environment })).toBeNull();
    expect(passedAt([inIts], { ...version('a'), environment })).toMatchObject({ version: { environment } });
    expect(passedAt([inIts], version('a'))).toBeNull();
  });
});
