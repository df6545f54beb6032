import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SkippedTests } from './.ci/skipped-tests.ts';

// Started by an explicit path, vitest would run on any Node and fail in strange places.
if (Number.parseInt(process.versions.node, 10) < 24) {
  throw new Error(`Tests need Node 24; this is ${process.versions.node}. Use: npm test`);
}

// Most tests wait for processes: two at once even on a small machine.
const maxWorkers = Math.max(2, availableParallelism() - 1);
const results = process.env['MODELWRIGHT_TEST_RESULTS'];

export default defineConfig({
  test: {
    reporters: ['default', new SkippedTests(), ...(results ? ['json'] : [])],
    ...(results ? { outputFile: { json: results } } : {}),
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{shared,services}/*/src/**/*.test.ts',
            '{cli,bench}/src/**/*.test.ts',
            '{bootstrap,.ci}/**/*.test.ts',
          ],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            '{shared,services}/*/src/**/*.integration.test.ts',
            '{cli,bench}/src/**/*.integration.test.ts',
            'bootstrap/**/*.integration.test.ts',
          ],
          testTimeout: 60_000,
          maxWorkers,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 15 * 60_000,
          hookTimeout: 3 * 60_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
