/**
 * Makes every decision of a run again, from the message that caused it and at the time it was made, and says where the first
 * differs from what is on record. Each is made in the state that the record's predecessors fold to, so that one divergence
 * does not hide behind another.
 */
import { decide } from './decide.ts';
import { accept, EMPTY_LOG } from './fold.ts';
import type { StoredRecord } from './log.ts';
import { type Step, step } from './step.ts';

export interface Divergence {
  /** Stream sequence of the record. */
  readonly sequence: number;
  readonly cause: string;
  /** The reasons in words; `now` is null where nothing would be decided today. */
  readonly recorded: string;
  readonly now: string | null;
  /** Where the first difference lies, such as `effects[0].assignment.grant.microUsd: 100 on record, 200 now`. */
  readonly difference: string;
}

export interface DecisionsReplayed {
  /** Decisions made again, up to the divergence. */
  readonly decisions: number;
  /** Records that do not hold the message that caused them: from before messages were recorded. */
  readonly silent: number;
  /** Records that every reader skips. */
  readonly foreign: number;
  readonly divergence: Divergence | null;
}

export function replayDecisions(records: readonly StoredRecord[]): DecisionsReplayed {
  let log = EMPTY_LOG;
  let decisions = 0;
  let silent = 0;
  let foreign = 0;
  for (const record of records) {
    const next = accept(log, record);
    if (next === log) {
      foreign += 1;
      continue;
    }
    const { cause, at } = record.body;
    if (cause.message === undefined) silent += 1;
    else {
      decisions += 1;
      const divergence = compared(record, decide(log.state, cause.message, at));
      if (divergence !== null) return { decisions, silent, foreign, divergence };
    }
    log = next;
  }
  return { decisions, silent, foreign, divergence: null };
}

function compared({ sequence, body }: StoredRecord, made: Step | null): Divergence | null {
  const { cause, reason, events, effects } = body;
  const now = made ?? step('', []);
  const difference =
    differenceOf('events', events, now.events) ??
    differenceOf('effects', effects, now.effects) ??
    differenceOf('reason', reason, now.reason);
  if (difference === null) return null;
  return { sequence, cause: cause.type, recorded: reason, now: made?.reason ?? null, difference };
}

/** A key without a value is the same as none: that is how a record comes back from the log. */
function differenceOf(path: string, recorded: unknown, now: unknown): string | null {
  if (recorded === now || (Number.isNaN(recorded) && Number.isNaN(now))) return null;
  if (!isObject(recorded) || !isObject(now) || Array.isArray(recorded) !== Array.isArray(now))
    return `${path}: ${textOf(recorded)} on record, ${textOf(now)} now`;
  const [before, after] = [new Map(Object.entries(recorded)), new Map(Object.entries(now))];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const at = Array.isArray(recorded) ? `${path}[${key}]` : `${path}.${key}`;
    const found = differenceOf(at, before.get(key), after.get(key));
    if (found !== null) return found;
  }
  return null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
