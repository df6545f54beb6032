/**
 * Whether a training is to be ended because of what it reports. The rules come with the job; nobody is asked.
 *
 * A rule is met by so many readings of one curve in a row. How many there were so far is plain data, kept on disk
 * together with how far the readings have been read: each counts once, whatever dies meanwhile.
 */
import type { StopRule } from '@modelwright/contracts';
import { kindOf, type Reading } from './metric-readings.ts';

export interface RuleProgress {
  /** `<index of the rule>:<name of the curve>` → readings in a row that meet it. */
  readonly streaks: Readonly<Record<string, number>>;
  /** Which rule was met first, and how, in a sentence; null while none was. */
  readonly met: string | null;
}

export const NO_PROGRESS: RuleProgress = { streaks: {}, met: null };

/** Of curves that a rule for any curve counts at a time: names are the program's own. */
const MOST_STREAKS = 200;

/** @param startedAt When the program was started, milliseconds since the epoch. */
export function afterReadings(
  rules: readonly StopRule[],
  before: RuleProgress,
  readings: readonly Reading[],
  startedAt: number,
): RuleProgress {
  if (rules.length === 0 || before.met !== null) return before;
  const streaks = new Map(Object.entries(before.streaks));
  for (const reading of readings) {
    const seconds = reading.time - startedAt / 1000;
    for (const [index, rule] of rules.entries()) {
      if (!concerns(rule, reading.name)) continue;
      const key = `${index}:${reading.name}`;
      if (!meets(rule, reading, seconds)) {
        streaks.delete(key);
        continue;
      }
      const streak = (streaks.get(key) ?? 0) + 1;
      if (streak >= rule.times) {
        return { streaks: Object.fromEntries(streaks), met: sentence(rule, reading) };
      }
      if (streaks.has(key) || streaks.size < MOST_STREAKS) streaks.set(key, streak);
    }
  }
  return { streaks: Object.fromEntries(streaks), met: null };
}

function concerns({ metric }: StopRule, name: string): boolean {
  if (metric === null) return true;
  const [head = '', ...rest] = metric.split('*');
  return rest.length === 0 ? name === metric : matches(name, head, rest);
}

/** A `*` in the name of a metric stands for any characters. */
function matches(name: string, head: string, rest: readonly string[]): boolean {
  const tail = rest.at(-1) ?? '';
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let place = head.length;
  for (const part of rest.slice(0, -1)) {
    const found = name.indexOf(part, place);
    if (found < 0) return false;
    place = found + part.length;
  }
  return place <= name.length - tail.length;
}

function meets(rule: StopRule, { value }: Reading, seconds: number): boolean {
  switch (rule.kind) {
    case 'not-finite':
      return !Number.isFinite(value);
    case 'beyond':
      // NaN is on neither side: a rule of the other kind is for that.
      return (
        seconds >= rule.afterSeconds && (rule.side === 'above' ? value > rule.value : value < rule.value)
      );
  }
}

function sentence(rule: StopRule, { name, step, value }: Reading): string {
  const times = rule.times === 1 ? '' : ` in ${rule.times} readings in a row`;
  const last = Number.isFinite(value) ? String(value) : kindOf(value);
  const found = rule.kind === 'not-finite' ? 'not finite' : `${rule.side} ${rule.value}`;
  return `stop rule: ${shown(name)} was ${found}${times} (${last} at step ${step})`;
}

/** The name is the program's: nothing in it may look like anything but a name. */
const shown = (name: string) => (/^[\w./@ -]+$/.test(name) ? name : JSON.stringify(name));
