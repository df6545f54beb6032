import { describe, expect, it } from 'vitest';
import { blendEnvironment } from './blend-environment.ts';

const own = (text: string) => ({ environment: { kind: 'requirements', text } as const });

describe('the environment of a blend', () => {
  it("is the runner's own where that is every member's", () => {
    const base = { environment: { kind: 'base' } as const };
    expect(blendEnvironment([{}, base])).toEqual({ kind: 'one', environment: undefined });
  });

  it('holds what all members hold together', () => {
    expect(
      blendEnvironment([own('numpy==2.0\nlightgbm==4.6.0\n'), {}, own('numpy==2.0\npolars==1.0\n')]),
    ).toEqual({
      kind: 'one',
      environment: { kind: 'requirements', text: 'lightgbm==4.6.0\nnumpy==2.0\npolars==1.0\n' },
    });
  });

  it('does not exist where members need different versions', () => {
    expect(blendEnvironment([own('numpy==2.0\n'), own('NumPy==2.1\n')])).toEqual({
      kind: 'conflict',
      reason: 'one member needs numpy==2.0, another NumPy==2.1',
    });
  });
});
