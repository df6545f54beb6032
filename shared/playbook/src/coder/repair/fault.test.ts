import { describe, expect, it } from 'vitest';
import { faultIn, sameFault } from './fault.ts';
import { nearest } from './nearest.ts';

const TRACEBACK = `Some warning: not of interest
Traceback (most recent call last):
  File "/jobs/17/tree/train.py", line 155, in <module>
    sys.exit(main())
  File "/jobs/17/tree/train.py", line 58, in cross_validate
    model = build(task, config, seed)
  File "/jobs/17/tree/model.py", line 22, in build
    features = TableFeatures(task.features, scale=confg["scale"])
  File "/usr/lib/python3/site-packages/sklearn/base.py", line 9, in wrapped
    return fit(self)
NameError: name 'confg' is not defined. Did you mean: 'config'?
train.py: exit status 1: NameError: name 'confg' is not defined (model.py, line 22)
`;

const fault = (stderr: string) => faultIn({ stderr });

describe('the fault in a report', () => {
  it('is the exception, with where it passed through the work tree', () => {
    expect(fault(TRACEBACK)).toEqual({
      error: 'NameError',
      message: "name 'confg' is not defined. Did you mean: 'config'?",
      places: [
        { path: 'train.py', line: 155 },
        { path: 'train.py', line: 58 },
        { path: 'model.py', line: 22 },
      ],
    });
  });

  it('loses the module of the exception', () => {
    const said = TRACEBACK.replace('NameError: ', 'json.decoder.JSONDecodeError: ');
    expect(fault(said)?.error).toBe('JSONDecodeError');
  });

  it('is the last of several', () => {
    const second = TRACEBACK.replaceAll('NameError', 'KeyError').replace('line 22', 'line 30');
    expect(fault(`${TRACEBACK}\nDuring handling, another exception occurred:\n\n${second}`)).toMatchObject({
      error: 'KeyError',
      places: [{ path: 'train.py' }, { path: 'train.py' }, { path: 'model.py', line: 30 }],
    });
  });

  it('is none where nothing was raised', () => {
    expect(fault('oof.csv: no row is predicted out of fold\n')).toBeNull();
  });

  it('is the same when a repair has changed nothing that could be seen', () => {
    expect(sameFault(fault(TRACEBACK), fault(TRACEBACK))).toBe(true);
    expect(sameFault(fault(TRACEBACK), fault(TRACEBACK.replace('line 22', 'line 23')))).toBe(false);
  });
});

describe('the nearest word', () => {
  it.each([
    ['confg', ['config', 'conflict', 'fig'], 'config'],
    ['cnofig', ['config', 'coding'], 'config'],
    ['TableFeature', ['TableFeatures', 'Table'], 'TableFeatures'],
    ['penalty', ['penalty', 'width'], null],
    ['x', ['completely', 'different'], null],
  ])('to %s among %j is %s', (word, words, expected) => {
    expect(nearest(word, words)).toBe(expected);
  });
});
