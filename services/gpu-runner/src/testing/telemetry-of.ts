/** What the bus has of a job's first attempt. */
import type { Bus } from '@modelwright/bus';
import { type Job, logReported, metricsReported, telemetrySubject } from '@modelwright/contracts';

/** What it said, as it was stored: `<number of the line>: <text>`. */
export async function linesTold(bus: Bus, of: Job): Promise<string[]> {
  const subject = telemetrySubject(of.run, of.id, 1, 'log');
  const stored = await bus.streams.read('TELEMETRY', subject, logReported);
  return stored.flatMap(({ body: { first, lines } }) => lines.map((line, n) => `${first + n}: ${line}`));
}

export async function metricsTold(bus: Bus, of: Job) {
  const subject = telemetrySubject(of.run, of.id, 1, 'metric');
  return (await bus.streams.read('TELEMETRY', subject, metricsReported)).map(({ body }) => body);
}
