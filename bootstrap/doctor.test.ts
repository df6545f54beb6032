import { expect, test } from 'vitest';
import { isHealthy, report } from './doctor.mjs';

const fine = { name: 'git', status: 'ok', detail: '2.39.5', remedy: null } as const;
const doubtful = { name: 'sandbox', status: 'warn', detail: 'none', remedy: 'run as root' } as const;
const broken = { name: 'python', status: 'fail', detail: 'none', remedy: 'npm run setup' } as const;

test('a machine with warnings is healthy, one with a failure is not', () => {
  expect(isHealthy([fine, doubtful])).toBe(true);
  expect(isHealthy([fine, broken])).toBe(false);
});

test('every failure is told with what to do about it', () => {
  const text = report([fine, doubtful, broken]).join('\n');
  expect(text).toContain('What to do: npm run setup');
  expect(text).toContain('A run cannot work here: python.');
});
