import { expect, it } from 'vitest';
import { bothEnds } from './shown-output.ts';

it('a short output is shown whole', () => {
  const text = 'x'.repeat(10_000);
  expect(bothEnds(text, 'elsewhere')).toBe(text);
});

it('of a long output both ends are shown, with where the rest is', () => {
  const text = `${'a'.repeat(5000)}${'b'.repeat(20)}${'c'.repeat(5000)}`;
  const shown = bothEnds(text, 'the rest is elsewhere');
  expect(shown).toBe(
    `${'a'.repeat(5000)}\n[20 of 10020 characters left out: the rest is elsewhere]\n${'c'.repeat(5000)}`,
  );
});
