import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Lists what was skipped, by name and reason, after every run that was not narrowed to some tests. */
export class SkippedTests implements Reporter {
  #narrowed = false;

  onInit(vitest: Parameters<NonNullable<Reporter['onInit']>>[0]): void {
    this.#narrowed = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#narrowed) return;
    const lines = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map(
        (test) => `  ${module.relativeModuleId} > ${test.fullName}${reasonOf(test)}`,
      ),
    );
    if (lines.length > 0) process.stdout.write(`\nSkipped:\n${lines.join('\n')}\n`);
  }
}

/** As the test says it; a suite that is skipped whole says it in its own name. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  if (note !== undefined) return ` (skipped: ${note})`;
  return [...parents(test)].some((suite) => suite.errors().length > 0) ? ' (skipped: its suite failed)' : '';
}

function* parents(test: TestCase) {
  for (let suite = test.parent; suite.type === 'suite'; suite = suite.parent) yield suite;
}
