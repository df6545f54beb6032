import { describe, expect, it } from 'vitest';
import { diagnosisLine } from './diagnosis-line.ts';

const line = (found: object) => diagnosisLine(JSON.stringify({ slices: [], ...found }), 500);

describe('a diagnosis in one line', () => {
  it('says how far training and validation are apart, and a curve that says something', () => {
    expect(
      line({
        gap: { train: 0.998, validation: 0.81, excess: 0.188 },
        curves: [
          { name: 'valid_auc', steps: 40, verdict: 'flat' },
          { name: 'valid_loss', steps: 40, verdict: 'worsening' },
        ],
      }),
    ).toBe('0.998 in training, 0.81 held out; valid_loss worsening');
  });

  it('leaves out a curve that is flat', () => {
    expect(line({ curves: [{ name: 'valid_loss', steps: 40, verdict: 'flat' }] })).toBe('nothing stands out');
  });

  it('shows a text that is no diagnosis as it begins', () => {
    expect(diagnosisLine('it left no oof.csv', 500)).toBe('it left no oof.csv');
  });
});
