/** What everything that runs programs must do: the same for processes and containers, tried on real ones. */
import { afterAll, beforeAll, describe } from 'vitest';
import { endings } from './endings.ts';
import { ExecutorBench, type ExecutorUnderTest } from './executor-bench.ts';
import { limits } from './limits.ts';
import { outliving } from './outliving.ts';
import { output } from './output.ts';
import { reach } from './reach.ts';

export function executorConformance(under: ExecutorUnderTest): void {
  describe(`the ${under.name} executor`, () => {
    let opened: ExecutorBench | null = null;
    const bench = (): ExecutorBench => {
      if (opened === null) throw new Error('the executor was not opened');
      return opened;
    };
    beforeAll(async () => {
      opened = await ExecutorBench.open(under);
    });
    afterAll(() => opened?.[Symbol.asyncDispose]());

    endings(bench);
    output(bench);
    limits(bench);
    reach(bench);
    outliving(bench, under);
  });
}
