/** JSON lines to lines for people: `12:34:56 info  coder  message  key=value`. */
import type { DestinationStream } from 'pino';

const NOT_SHOWN = new Set(['time', 'level', 'service', 'name', 'pid', 'msg']);

export const prettyLines = (stream: DestinationStream): DestinationStream => ({
  write: (line) => stream.write(pretty(line)),
});

function pretty(line: string): string {
  const entry: Record<string, unknown> = JSON.parse(line);
  const fields = Object.entries(entry)
    .filter(([key]) => !NOT_SHOWN.has(key))
    .map(([key, value]) => `${key}=${shown(value)}`);
  const clock = String(entry['time']).slice(11, 19);
  const level = String(entry['level']).padEnd(5);
  return `${[`${clock} ${level}`, String(entry['service']), String(entry['msg'] ?? ''), ...fields].join('  ')}\n`;
}

/** An error by its message; its stack is in the JSON. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message);
  return JSON.stringify(value);
}
