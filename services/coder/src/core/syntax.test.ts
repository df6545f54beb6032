import { describe, expect, it } from 'vitest';
import { syntaxWarning } from './syntax.ts';

describe('a file that was written', () => {
  it.each([
    ['a bracket that is not closed', 'def f(x):\n    return {"a": 1\n\ndef g():\n    pass\n', 'Line 4'],
    ['a colon that is missing', 'if x\n    y = 1\n', 'Line 1'],
    ['a block that is missing', 'def f():\nreturn 1\n', 'Line 2'],
  ])('is warned of when it has %s', (_what, text, said) => {
    expect(syntaxWarning('model.py', text)).toContain(said);
  });

  it.each([
    ['match x:\n    case {"a": [1, *rest]} if rest:\n        pass\n'],
    ['async def f[T](x: T, /, *, y: int = 3) -> T:\n    return (y := await x)\n'],
    ['print(f"{x!r:>{width}} {y=}")\n'],
    [''],
  ])('is not warned of when it is Python: %s', (text) => {
    expect(syntaxWarning('model.py', text)).toBeNull();
  });

  it('is warned of when it ought to be JSON and is none', () => {
    expect(syntaxWarning('config.json', '{"C": 1,}')).toContain('not valid JSON');
    expect(syntaxWarning('config.json', '{"C": 1}')).toBeNull();
  });

  it('is nobody’s business when it is something else', () => {
    expect(syntaxWarning('README.md', 'def f(')).toBeNull();
  });
});
