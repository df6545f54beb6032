/** One suite for both executors: whatever runs a program, it is contained, limited, heard, ended and found again alike. */
import { describe, test } from 'vitest';
import { executorChoices } from './testing/executor-choices.ts';
import { executorConformance } from './testing/executor-conformance/executor-conformance.ts';
import { testPython } from './testing/runner-bench.ts';

for (const { name, variables, missing } of await executorChoices()) {
  if (missing === null)
    executorConformance({
      name,
      variables: { ...variables, MODELWRIGHT_PYTHON: testPython() },
      outlivesSupervisor: name === 'docker',
    });
  else describe.skip(`the ${name} executor (skipped: ${missing})`, () => test('conforms', () => undefined));
}
