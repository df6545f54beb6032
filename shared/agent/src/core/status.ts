/**
 * The last message of every request: what is left, and what is wrong at the moment. It is of that request alone; the next
 * has one of its own, so that all before it stays the same, byte for byte.
 */
import type { Grant, ToolCall } from '@modelwright/contracts';
import type { Progress } from './progress.ts';

export interface Moment {
  readonly progress: Progress;
  readonly grant: Grant;
  readonly now: number;
  /** Tools that hand over. */
  readonly endings: readonly string[];
  /** It is the last turn, and nothing else is offered. */
  readonly wrapUp: boolean;
  readonly circles: readonly { readonly call: ToolCall; readonly times: number }[];
}

/** The share of a limit below which an agent is warned. */
const LITTLE = 0.2;

export function statusOf(moment: Moment): string {
  const parts = [limitsOf(moment), ...moment.circles.map(warningOf), urgency(moment)];
  return parts.filter((part) => part !== '').join('\n');
}

/** What there is of each limit, and how much of it is left. */
interface Gauge {
  readonly text: string;
  readonly left: number;
}

function limitsOf(moment: Moment): string {
  return `[Limits: ${gaugesOf(moment)
    .map(({ text }) => text)
    .join('; ')}.]`;
}

function gaugesOf({ progress, grant, now }: Moment): Gauge[] {
  const { turns, spending, since } = progress;
  const whole = grant.deadline - (since ?? now);
  const gauges = [
    { text: `turn ${turns + 1} of ${grant.turns}`, left: (grant.turns - turns) / grant.turns },
    { text: `${duration(grant.deadline - now)} left`, left: whole > 0 ? (grant.deadline - now) / whole : 0 },
  ];
  if (grant.microUsd > 0) {
    const text = `${usd(spending.microUsd)} of ${usd(grant.microUsd)} USD spent`;
    gauges.push({ text, left: 1 - spending.microUsd / grant.microUsd });
  }
  if (grant.tokens !== null) {
    const text = `${spending.tokens} of ${grant.tokens} tokens used`;
    gauges.push({ text, left: 1 - spending.tokens / grant.tokens });
  }
  return gauges;
}

function warningOf({ call, times }: Moment['circles'][number]): string {
  return `You have called ${call.name} with the same arguments ${times} times and had the same answer each time. It will not change: do something else.`;
}

function urgency(moment: Moment): string {
  const { endings, wrapUp } = moment;
  if (endings.length === 0) return '';
  const handing = endings.join(' or ');
  if (wrapUp) {
    return `This is your last turn: the limits leave room for no other. Only ${handing} can be called. Call it now, with the best you have as it stands; what is not handed over is lost.`;
  }
  if (!gaugesOf(moment).some(({ left }) => left <= LITTLE)) return '';
  return `Little is left. Begin nothing new: finish what matters most and hand over with ${handing}.`;
}

/** To the cent, and finer where it is less. */
function usd(micro: number): string {
  return (micro / 1e6).toFixed(micro >= 10_000 || micro === 0 ? 2 : 6);
}

function duration(milliseconds: number): string {
  const minutes = Math.max(0, milliseconds) / 60_000;
  if (minutes < 2) return `${Math.floor(minutes * 60)} seconds`;
  return minutes < 180 ? `${Math.floor(minutes)} minutes` : `${Math.floor(minutes / 60)} hours`;
}
