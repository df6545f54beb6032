import { describe, expect, it } from 'vitest';
import { pinnedRequirements } from './requirements.ts';

describe('the delivered requirements', () => {
  it('pin what the model says it was trained with, in order', () => {
    const about = JSON.stringify({ packages: { scipy: '1.17.1', NumPy: '2.4.6', torch: '2.11.0+cpu' } });
    expect(pinnedRequirements(about)).toBe('numpy==2.4.6\nscipy==1.17.1\ntorch==2.11.0+cpu\n');
  });

  it.each([
    ['no JSON', 'numpy'],
    ['no packages', '{"packages": {}}'],
    ['an option instead of a version', '{"packages": {"numpy": "2.4.6 --index-url=http://evil"}}'],
    ['a path instead of a name', '{"packages": {"../evil": "1"}}'],
    ['a line break in a version', '{"packages": {"numpy": "1\\n-r /etc/passwd"}}'],
  ])('are refused where the program left %s', (_what, about) => {
    expect(pinnedRequirements(about)).toBeNull();
  });
});
