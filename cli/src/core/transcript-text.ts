/** The transcript of an assignment as people read it: who was asked what, what came back, what it cost. */
import type { TurnRecord, Usage } from '@modelwright/contracts';
import { clockText, countText, usdText } from './text/quantity.ts';
import { harmless, oneLine } from './text/shorten.ts';

/** Of an answer of a tool, or a long argument, at most so many lines, unless everything is wanted. */
const SHOWN_LINES = 24;

export interface Reading {
  /** Nothing is left out. */
  readonly full: boolean;
}

export function transcriptLines(records: readonly TurnRecord[], reading: Reading): string[] {
  return records.flatMap((record) => recordLines(record, reading));
}

function recordLines(record: TurnRecord, reading: Reading): string[] {
  switch (record.type) {
    case 'taken':
      return [`${clockText(record.at)}  taken up by ${record.worker}`];
    case 'intent':
      return reading.full ? intentLines(record) : [];
    case 'reply':
      return replyLines(record, reading);
    case 'unanswered':
      return [
        '',
        `${clockText(record.at)}  turn ${record.turn}: no answer from ${record.model}, charged ${usdText(record.microUsd)}`,
        ...indented(record.failure.message, reading),
      ];
    case 'condensed':
      return condensedLines(record, reading);
    case 'parked':
      return [`  waits for ${record.condition.jobs.join(', ')}`];
    case 'result':
      return [
        `  ← ${record.failed ? 'FAILED' : 'answer'}${commitText(record)}`,
        ...indented(record.content, reading),
      ];
    case 'finished':
      return finishedLines(record, reading);
  }
}

type Of<T extends TurnRecord['type']> = Extract<TurnRecord, { type: T }>;

function intentLines({ turn, purpose, ceilingMicroUsd, status, at }: Of<'intent'>): string[] {
  const what = purpose === 'summary' ? 'a summary is asked for' : 'asked';
  const ceiling = `may cost ${usdText(ceilingMicroUsd)}`;
  const told = status === '' ? [] : indented(status, { full: true });
  return ['', `${clockText(at)}  turn ${turn}: ${what}, ${ceiling}`, ...told];
}

function replyLines(
  { turn, model, usage, text, calls, finish, at }: Of<'reply'>,
  reading: Reading,
): string[] {
  const cut = { stop: '', length: ', CUT OFF', refused: ', REFUSED' }[finish];
  const who = model === '' ? '' : ` ${model}`;
  return [
    '',
    `${clockText(at)}  turn ${turn}:${who}${cut}${usageText(usage)}`,
    ...(text.trim() === '' ? [] : indented(text, { full: true })),
    ...calls.flatMap((call) => callLines(call.name, call.arguments, reading)),
  ];
}

function usageText(usage: Usage): string {
  if (usage.inputTokens === 0 && usage.outputTokens === 0) return '';
  const part = (tokens: number, what: string) => (tokens === 0 ? '' : ` (${tokens} ${what})`);
  const cost = usage.priced ? usdText(usage.microUsd) : 'no known price';
  return (
    `, ${usage.inputTokens} in${part(usage.cachedTokens, 'cached')}, ` +
    `${usage.outputTokens} out${part(usage.reasoningTokens, 'reasoning')}, ${cost}`
  );
}

/** Arguments one a line: a file that is written is read as a file, not as JSON text. */
function callLines(name: string, written: string, reading: Reading): string[] {
  const args = argumentsOf(written);
  if (args === null) return [`  → ${name} ${oneLine(written, 400)}`];
  const parts = Object.entries(args).map(([key, value]) => ({ key, text: textOf(value) }));
  const short = parts
    .filter(({ text }) => isShort(text))
    .map(({ key, text }) => `${key}: ${oneLine(text, 160)}`);
  const long = parts.filter(({ text }) => !isShort(text));
  return [
    `  → ${name} ${short.join(', ')}`.trimEnd(),
    ...long.flatMap(({ key, text }) => [`    ${key}:`, ...indented(text, reading)]),
  ];
}

const isShort = (text: string) => text.length <= 160 && !text.includes('\n');

function argumentsOf(written: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const short = JSON.stringify(value);
  return isShort(short) ? short : JSON.stringify(value, null, 2);
}

function condensedLines(record: Of<'condensed'>, reading: Reading): string[] {
  const masked = `answers of tools up to turn ${record.maskedThrough} left out`;
  const told =
    record.summarisedThrough === 0 ? '' : `, all up to turn ${record.summarisedThrough} told in a summary`;
  const cost = record.usage === null ? '' : usageText(record.usage);
  return [
    '',
    `${clockText(record.at)}  conversation shortened (${record.reason}): ${masked}${told}${cost}`,
    ...(record.summary === '' ? [] : indented(record.summary, reading)),
  ];
}

function commitText({ version }: Of<'result'>): string {
  return version === null ? '' : ` (${version.commit.slice(0, 8)})`;
}

function finishedLines({ final, at }: Of<'finished'>, reading: Reading): string[] {
  const { outcome, spent, notes } = final;
  const end = outcome.status === 'done' ? 'done' : `failed (${outcome.failure.kind})`;
  return [
    '',
    `${clockText(at)}  ${end} after ${countText(spent.turns, 'turn')}, ${usdText(spent.microUsd)}`,
    ...(outcome.status === 'done' ? [] : indented(outcome.failure.message, reading)),
    ...notes.map((note) => `  noted: ${oneLine(note, 2000)}`),
  ];
}

function indented(text: string, { full }: Reading): string[] {
  const lines = harmless(text).trimEnd().split('\n');
  const shown = full || lines.length <= SHOWN_LINES ? lines : shortened(lines);
  return shown.map((line) => `      ${line}`.trimEnd());
}

/** The beginning and the end: what matters most of a program's output stands at its end. */
function shortened(lines: readonly string[]): string[] {
  const half = SHOWN_LINES / 2;
  const hidden = lines.length - 2 * half;
  return [...lines.slice(0, half), `… ${countText(hidden, 'line')} more (--full)`, ...lines.slice(-half)];
}
