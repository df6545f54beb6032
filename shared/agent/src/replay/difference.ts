/** Where two records of the same step differ, in what a decision made of them: times and workers are no decisions. */
import type { TurnRecord } from '@modelwright/contracts';
import { canonicalHash } from '../canonical-hash.ts';
import { clip } from '../core/clip.ts';

export interface Divergence {
  /** 0: before the first. */
  readonly turn: number;
  readonly what: string;
  readonly recorded: string;
  readonly now: string;
}

const MOST_SHOWN = 600;

export function difference(recorded: TurnRecord, now: TurnRecord): Divergence | null {
  const turn = 'turn' in recorded ? recorded.turn : 0;
  const [before, after] = [judged(recorded), judged(now)];
  const what = Object.keys({ ...before, ...after }).find((key) => {
    if (SINCE.has(key) && (before[key] === undefined || before[key] === '')) return false;
    return canonicalHash(before[key] ?? null) !== canonicalHash(after[key] ?? null);
  });
  if (what === undefined) return null;
  return { turn, what: nameOf(what), recorded: shown(before[what]), now: shown(after[what]) };
}

const NAMES: Readonly<Record<string, string>> = {
  type: 'the next step',
  system: 'the system prompt',
  brief: 'the brief',
  tools: 'the tools',
  status: 'the status that the model is told',
  request: 'the conversation that the model is shown',
};

/** What older records lack. */
const SINCE: ReadonlySet<string> = new Set(['system', 'brief', 'tools', 'status', 'request']);

function nameOf(what: string): string {
  return NAMES[what] ?? what;
}

type Judged = Readonly<Record<string, unknown>>;

/** What is compared, the most telling first. */
function judged(record: TurnRecord): Judged {
  const { type } = record;
  switch (record.type) {
    case 'taken':
      return { type, ...record.prefix };
    case 'intent': {
      const { turn, purpose, wrapUp, status, request } = record;
      return { type, turn, purpose, wrapUp, status, request };
    }
    case 'unanswered':
      return { type, turn: record.turn, failure: record.failure.kind, microUsd: record.microUsd };
    case 'finished': {
      const { outcome, spent, notes } = record.final;
      const end = outcome.status === 'failed' ? outcome.failure.kind : outcome.result;
      return { type, status: outcome.status, end, spent, notes };
    }
    case 'reply':
    case 'condensed':
    case 'parked':
    case 'result': {
      const { at: _at, ...rest } = record;
      return { ...rest };
    }
  }
}

function shown(value: unknown): string {
  return clip(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'), MOST_SHOWN);
}
