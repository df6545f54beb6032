/** Every limit holds, and meeting it is told as what it was. */
import { describe, expect, test } from 'vitest';
import type { ExecutorBench } from './executor-bench.ts';

const MiB = 1024 * 1024;
const FILLS_DISK = `
import os
with open(os.environ["MW_OUT"] + "/big", "wb") as file:
    while True:
        file.write(b"x" * (1 << 20))
        file.flush()
`;
const MANY_SMALL_FILES = `
import os
for n in range(1000):
    with open(os.environ["MW_OUT"] + f"/{n}", "wb") as file:
        file.write(b"x" * (1 << 20))
`;
const TEMPORARY = `
import os, tempfile
folder = tempfile.gettempdir()
# A folder may be where the environment is mounted.
print([name for name in os.listdir(folder) if os.path.isfile(folder + "/" + name)])
try:
    with open(folder + "/big", "wb") as file:
        while True:
            file.write(b"x" * (1 << 20))
except OSError as error:
    print(error.errno)
`;
const FORKS = `
import os, time
made = 0
try:
    for _ in range(1000):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        made += 1
finally:
    print(made)
`;

export function limits(bench: () => ExecutorBench): void {
  describe('a program', () => {
    test('that takes too long is timed out', async () => {
      const { ending } = await bench().run('import time\ntime.sleep(60)', {
        job: { limits: { wallSeconds: 0.5 } },
      });
      expect(ending.end).toBe('timed-out');
    });

    test('that neither says nor writes anything is stalled', async () => {
      const { ending } = await bench().run('import time\ntime.sleep(60)', {
        job: { limits: { stallSeconds: 0.7 } },
      });
      expect(ending.end).toBe('stalled');
    });

    test('that takes too much memory is killed for it', async () => {
      const { ending } = await bench().run('held = []\nwhile True: held.append(bytearray(8 << 20))', {
        job: { limits: { memoryBytes: 96 * MiB } },
      });
      expect(ending).toMatchObject({ end: 'out-of-memory', exhausted: 'host' });
    });

    test('that forks without end meets the limit, and what it has made is gone with it', async () => {
      const { execution, ending } = await bench().run(FORKS, { job: { limits: { pids: 24 } } });
      const [made] = await bench().said(execution);
      expect(Number(made)).toBeGreaterThan(10);
      expect(Number(made)).toBeLessThanOrEqual(24);
      expect(ending).toMatchObject({ end: 'failed', suspect: null });
    });

    test.each([
      ['one large file', FILLS_DISK],
      ['many small ones', MANY_SMALL_FILES],
    ])('that fills the disk by %s is stopped', async (_, program) => {
      const { ending } = await bench().run(program, { job: { limits: { diskBytes: 24 * MiB } } });
      expect(ending.end).toBe('disk-full');
    });

    test('finds its temporary folder small, private and its own', async () => {
      const { execution } = await bench().run(TEMPORARY, { job: { limits: { memoryBytes: 128 * MiB } } });
      expect(await bench().said(execution)).toEqual(['[]', '28']);
    });

    test('gets no more of the processor than it was granted', async () => {
      const { ending } = await bench().run(
        'import time\nend = time.time() + 1.5\nwhile time.time() < end: pass',
        { job: { limits: { cpus: 0.25 } } },
      );
      expect(ending.cpuSeconds).toBeLessThan(1);
    });
  });
}
