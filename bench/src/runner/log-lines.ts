/** Lines of a program's log a second, at rates that double until some do not arrive while it runs. */
import { logReported, telemetrySubject } from '@modelwright/contracts';
import type { Arena } from '../bus/arena.ts';
import { RUN } from '../bus/messages.ts';
import { runJob, storeProgram } from './bench-job.ts';
import type { RunnerProcess } from './runner-process.ts';

export interface LogFigures {
  readonly seconds: number;
  readonly rates: readonly LogRate[];
}

export interface LogRate {
  /** Lines a second that the program says. */
  readonly said: number;
  /** Of all its lines, those that are in TELEMETRY. */
  readonly arrived: number;
  /** Those that it said. */
  readonly lines: number;
}

const SECONDS = 5;
const RATES = [500, 1000, 2000, 4000, 8000];
const MiB = 2 ** 20;

export async function measureLogs(
  arena: Arena,
  runner: RunnerProcess,
  told: (what: string) => void,
): Promise<LogFigures> {
  const rates: LogRate[] = [];
  for (const said of RATES) {
    told(`${said} lines of log a second`);
    const code = await storeProgram(arena, program(said));
    const { id } = await runJob(arena, runner, code, { logBytes: 64 * MiB });
    const subject = telemetrySubject(RUN, id, 1, 'log');
    const messages = await arena.bus.streams.read('TELEMETRY', subject, logReported);
    const numbers = messages.flatMap(({ body }) => body.lines.map((_, n) => body.first + n));
    rates.push({ said, lines: said * SECONDS, arrived: new Set(numbers).size });
  }
  return { seconds: SECONDS, rates };
}

/** Says its lines in small portions, at moments that do not drift. */
const program = (rate: number) => `import time
began = time.monotonic()
for n in range(${rate * SECONDS}):
    late = began + n / ${rate} - time.monotonic()
    if late > 0.01:
        time.sleep(late)
    print(n, "x" * 60)
`;
