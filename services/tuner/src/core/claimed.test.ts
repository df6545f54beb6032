import { expect, it } from 'vitest';
import { claimedIn } from './claimed.ts';

const line = (name: string, value: unknown) => JSON.stringify({ step: 0, name, value, time: 1 });

it('takes the last word of a training on the metric it is judged by', () => {
  const text = [
    line('oof_rmse', 5),
    line('oof_rmse', 4),
    line('oof_rmsle', 1),
    'oof_rmse, but no point',
  ].join('\n');
  expect(claimedIn(text, 'rmse')).toBe(4);
});

it.each(['', line('valid_rmse', 3), line('oof_rmse', 'NaN'), 'not json'])(
  'hears nothing where nothing was said: %s',
  (text) => {
    expect(claimedIn(text, 'rmse')).toBeNull();
  },
);
