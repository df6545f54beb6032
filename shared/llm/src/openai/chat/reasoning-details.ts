/** OpenRouter's thoughts, streamed in pieces and wanted back whole. */
import type { JsonValue } from '../../model.ts';

export type ReasoningDetail = Record<string, JsonValue>;

const GROWING = new Set(['text', 'summary', 'data']);

/** Pieces of one kind and index that follow each other are one. */
export function joined(details: readonly ReasoningDetail[], piece: ReasoningDetail): ReasoningDetail[] {
  const last = details.at(-1);
  if (last === undefined || last['type'] !== piece['type'] || last['index'] !== piece['index'])
    return [...details, piece];
  const merged = { ...last };
  for (const [key, value] of Object.entries(piece)) {
    const before = merged[key];
    const grows = GROWING.has(key) && typeof before === 'string' && typeof value === 'string';
    merged[key] = grows ? `${before}${value}` : value;
  }
  return [...details.slice(0, -1), merged];
}
