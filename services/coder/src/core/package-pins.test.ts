import { describe, expect, it } from 'vitest';
import { environmentText, notAllowed, pinnedPackage, withPackages } from './package-pins.ts';

const base = { numpy: '2.4.6', 'scikit-learn': '1.9.1', pandas: '3.1.1' };

describe("a candidate's environment", () => {
  it('holds what the candidate requires, as the base has it, and what is asked for', () => {
    const requirements = 'numpy>=1.24\n# a comment\nscikit_learn\nnot-there>=1\n';
    expect(environmentText({ requirements, base, before: null, asked: ['lightgbm==4.6.0'] })).toBe(
      'lightgbm==4.6.0\nnumpy==2.4.6\nscikit-learn==1.9.1\n',
    );
  });

  it('keeps what was asked for before, and lets a version be replaced', () => {
    const before = 'lightgbm==4.6.0\nnumpy==2.4.6\n';
    expect(environmentText({ requirements: 'numpy\n', base, before, asked: ['NumPy==2.3.0'] })).toBe(
      'NumPy==2.3.0\nlightgbm==4.6.0\n',
    );
  });

  it('stands in requirements.txt as well, each package once', () => {
    expect(withPackages('numpy>=1.24\nLight_GBM>=3\n', ['light-gbm==4.6.0', 'polars==1.0'])).toBe(
      'numpy>=1.24\nlight-gbm==4.6.0\npolars==1.0\n',
    );
  });
});

describe('a package', () => {
  it.each([
    'lightgbm',
    'lightgbm>=4',
    'x==1 --index-url=http://x',
    'git+https://x',
    '-r other.txt',
    'x==1\ny==2',
  ])('is none when it reads %s', (text) => {
    expect(pinnedPackage.safeParse(text).success).toBe(false);
  });

  it('has to be on the list where the task has one', () => {
    expect(notAllowed(['lightgbm==4.6.0', 'torch==2.9'], ['LightGBM>=4'])).toEqual(['torch']);
    expect(notAllowed(['torch==2.9'], undefined)).toEqual([]);
  });
});
