/** What stands in the place of turns that are left out. */
import type { ToolCall, TurnRecord } from '@modelwright/contracts';
import { clip } from './clip.ts';
import { viewOf } from './conversation.ts';

/** What the model is asked for; the tools are still shown, since a provider remembers them with what follows. */
export const SUMMARISE =
  'The conversation becomes too long: its beginning will be left out, and what you answer now will stand in its place. ' +
  'Call no tool. Write down, in at most 800 words, all that you need to go on: what was asked of you and how far it is; ' +
  'which files there are and what is in them; what was tried, with which settings, and what came of it, with the numbers ' +
  'and the ids of jobs; which errors there were and what mended them; what is to be done next. Guess nothing.';

const MOST_LINES = 60;
const MOST_SUMMARY = 16_000;

/** A model's own summary; null where it is none. */
export function summaryFrom(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : clip(trimmed, MOST_SUMMARY);
}

/** By rule: what was told before, then a line for each call. */
export function digest(transcript: readonly TurnRecord[], through: number): string {
  const { summarisedThrough, summary } = viewOf(transcript);
  const lines: string[] = [];
  let calls: readonly ToolCall[] = [];
  for (const record of transcript) {
    if (record.type === 'reply') calls = record.calls;
    if (record.type !== 'result' || record.turn <= summarisedThrough || record.turn > through) continue;
    lines.push(lineOf(record, calls[record.call]));
  }
  const left = lines.length - MOST_LINES;
  const some = left > 0 ? [`(${left} earlier calls)`, ...lines.slice(left)] : lines;
  return clip([...(summary === '' ? [] : [summary]), ...some].join('\n'), MOST_SUMMARY);
}

function lineOf(
  { turn, content, failed }: Extract<TurnRecord, { type: 'result' }>,
  call: ToolCall | undefined,
): string {
  const said = `${call?.name ?? ''}(${inLine(call?.arguments ?? '', 160)})`;
  return `Turn ${turn}: ${said} ${failed ? 'failed' : 'answered'}: ${inLine(content, 200)}`;
}

function inLine(text: string, most: number): string {
  const line = text
    .slice(0, most * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most)} …`.toWellFormed() : line.toWellFormed();
}
