import { expect, test } from 'vitest';
import { lastLine } from './summary.mjs';

const passedFile = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped' }] };
const results = {
  numPassedTests: 1,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [passedFile],
};

test('the last line counts what vitest counted', () => {
  expect(lastLine(results, 0)).toBe('1 passed, 0 failed, 1 skipped');
});

test('a file that could not be loaded counts as a failure', () => {
  const broken = { status: 'failed', assertionResults: [] };
  expect(lastLine({ ...results, testResults: [passedFile, broken] }, 1)).toBe(
    '1 passed, 1 failed, 1 skipped',
  );
});

test('a file with a failed test counts by its tests', () => {
  const failed = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'failed' }] };
  expect(lastLine({ ...results, numFailedTests: 2, testResults: [failed] }, 1)).toBe(
    '1 passed, 2 failed, 1 skipped',
  );
});

test('a run that failed never says that nothing did', () => {
  expect(lastLine(results, 1)).toBe('1 passed, 1 failed, 1 skipped');
});

test('a run without results failed', () => {
  expect(lastLine(null, 0)).toBe('0 passed, 1 failed, 0 skipped');
});
