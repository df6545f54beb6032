/** What agents were told and what they looked up, from their transcripts: a part of `run.json`. */
import type { TurnRecord } from '@modelwright/contracts';
import type { RunView } from './run-view.ts';
import { summaryOf } from './transcript-list.ts';

/** Tools that read what lies outside, by the argument that says what was read. */
const LOOKING_UP: Readonly<Record<string, string>> = { web_search: 'query', fetch_url: 'url' };

export interface UsedByAgents {
  readonly agents: ReadonlyArray<{
    readonly assignment: string;
    readonly role: string;
    readonly candidate: string;
    /** Those that answered. */
    readonly models: readonly string[];
    readonly turns: number;
    /** Hashes of system prompt, brief and tools; null in old transcripts. */
    readonly prompt: { readonly system: string; readonly brief: string; readonly tools: string } | null;
  }>;
  readonly web: ReadonlyArray<{
    readonly assignment: string;
    readonly tool: string;
    /** A query, or the address of a page. */
    readonly asked: string;
    readonly failed: boolean;
  }>;
}

export function usedByAgents(
  view: RunView,
  transcripts: ReadonlyMap<string, readonly TurnRecord[]>,
): UsedByAgents {
  const all = [...transcripts];
  return {
    agents: all.map(([id, records]) => {
      const { role, candidate, models, turns } = summaryOf(id, records, view);
      return { assignment: id, role, candidate, models, turns, prompt: promptOf(records) };
    }),
    web: all.flatMap(([id, records]) => lookUps(id, records)),
  };
}

function promptOf(records: readonly TurnRecord[]) {
  const taken = records.findLast((record) => record.type === 'taken');
  return taken?.prefix ?? null;
}

function lookUps(assignment: string, records: readonly TurnRecord[]) {
  const found: UsedByAgents['web'][number][] = [];
  let calls: Extract<TurnRecord, { type: 'reply' }>['calls'] = [];
  for (const record of records) {
    if (record.type === 'reply') calls = record.calls;
    if (record.type !== 'result') continue;
    const call = calls[record.call];
    const argument = call === undefined ? undefined : LOOKING_UP[call.name];
    if (call === undefined || argument === undefined) continue;
    found.push({
      assignment,
      tool: call.name,
      asked: askedIn(call.arguments, argument),
      failed: record.failed,
    });
  }
  return found;
}

/** What was written where it was not understood: nothing that was looked up is left out. */
function askedIn(written: string, argument: string): string {
  try {
    const value: unknown = JSON.parse(written);
    const asked = typeof value === 'object' && value !== null ? Reflect.get(value, argument) : null;
    return typeof asked === 'string' ? asked : written;
  } catch {
    return written;
  }
}
