import type { Reporter, TestModule } from 'vitest/node';

/** Lists what was skipped, by name and reason, after every run that was not narrowed to some tests. */
export class SkippedTests implements Reporter {
  #narrowed = false;

  onInit(vitest: Parameters<NonNullable<Reporter['onInit']>>[0]): void {
    this.#narrowed = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#narrowed) return;
    const lines = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => {
        const result = test.result();
        const note = result.state === 'skipped' ? result.note : undefined;
        return `  ${module.relativeModuleId} > ${test.fullName}${note === undefined ? '' : ` (skipped: ${note})`}`;
      }),
    );
    if (lines.length > 0) process.stdout.write(`\nSkipped:\n${lines.join('\n')}\n`);
  }
}
