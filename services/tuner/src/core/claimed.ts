/** What a training said of its own score: the last `oof_<metric>` of its `metrics.jsonl`. Shown and compared, never used. */
import { z } from 'zod';

const point = z.object({ name: z.string(), value: z.number() });

/** Null where it said nothing; lines that are no points, or other measures, are passed over. */
export function claimedIn(metrics: string, metric: string): number | null {
  const name = `oof_${metric}`;
  let claimed: number | null = null;
  for (const line of metrics.split('\n')) {
    if (!line.includes(name)) continue;
    const read = point.safeParse(parsed(line));
    if (read.success && read.data.name === name) claimed = read.data.value;
  }
  return claimed;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
