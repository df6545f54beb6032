/** The conversation is shown shorter from here on: written down, so that every process shows it the same way. */
import type { Condensation } from './core/condensation.ts';
import { conversation, viewOf } from './core/conversation.ts';
import { limitOnAsking } from './core/limits.ts';
import { digest, SUMMARISE, summaryFrom } from './core/summary.ts';
import { type Desk, demandOf } from './desk.ts';
import { inquire } from './inquire.ts';
import type { WorkEnd } from './work-end.ts';

interface Moment {
  readonly turn: number;
  readonly now: number;
}

export async function condense(
  desk: Desk,
  wanted: Condensation,
  { turn, now }: Moment,
): Promise<WorkEnd | null> {
  const { transcript } = desk;
  const { summary } = viewOf(transcript);
  const unpaid = { usage: null, model: '', at: now };
  if (wanted.how === 'mask') return record(desk, wanted, { summary, ...unpaid });
  const request = summaryRequest(desk, wanted);
  const demand = demandOf(desk.agent.model, request, 2);
  const affordable = limitOnAsking(desk.progress, desk.assignment.grant, demand, now) === null;
  const byRule = digest(transcript, wanted.summarisedThrough);
  if (wanted.how === 'digest' || !affordable) return record(desk, wanted, { summary: byRule, ...unpaid });
  const inquiry = await inquire(desk, { turn, purpose: 'summary', status: '', at: now }, request);
  if (inquiry.kind === 'none') return inquiry.end;
  const { text, usage, model } = inquiry.reply;
  const at = desk.ports.now();
  return record(desk, wanted, { summary: summaryFrom(text) ?? byRule, usage, model, at });
}

/** What is to be told is shown with its longest answers masked: so it fits. */
function summaryRequest(desk: Desk, { maskedThrough }: Condensation) {
  const view = { ...viewOf(desk.transcript), maskedThrough };
  const messages = conversation(desk.agent.brief, desk.transcript, view);
  return desk.request([...messages, { role: 'user', text: SUMMARISE }], desk.agent.tools);
}

type Told = Pick<
  Extract<Desk['transcript'][number], { type: 'condensed' }>,
  'summary' | 'usage' | 'model' | 'at'
>;

async function record(desk: Desk, wanted: Condensation, told: Told): Promise<WorkEnd | null> {
  const { maskedThrough, summarisedThrough, reason, how } = wanted;
  desk.ports.logger.info({ how, maskedThrough, summarisedThrough }, `conversation shortened: ${reason}`);
  const recorded = await desk.append({
    type: 'condensed',
    maskedThrough,
    summarisedThrough,
    reason,
    ...told,
  });
  return recorded ? null : { kind: 'lost' };
}
