/** Values of messages as JSON: what JSON cannot hold is tagged, so that a log line never fails and never lies. */

/** One line. NaN and infinities become `{"$number":"NaN"}`. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, tagged) ?? 'null';
}

function tagged(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
}
