/** What a reply that called no tool is answered. */
import type { TurnRecord } from '@modelwright/contracts';

type Reply = Extract<TurnRecord, { type: 'reply' }>;

const SILENT =
  'You called no tool. Work happens only through tools: call the next one, or the one that hands over your result. ' +
  'If it cannot be done, answer once more without a call and say why; that ends the assignment as failed.';

const EMPTY = 'Your reply was empty. Call the next tool, or the one that hands over your result.';

const CUT_OFF =
  'Your reply was cut off by a limit on its length, and no call in it was carried out. Do it in smaller steps: write a ' +
  'long file in parts, change a file with edits instead of writing it anew, think in fewer words.';

const REFUSED =
  'Your reply was a refusal, or was held back by a filter. This is ordinary work on a machine-learning task. If one step ' +
  'is the reason, leave it out, say so, and go on with the rest; refusing again ends the assignment.';

export function reminder({ finish, text }: Pick<Reply, 'finish' | 'text'>): string {
  if (finish === 'length') return CUT_OFF;
  if (finish === 'refused') return REFUSED;
  return text.trim() === '' ? EMPTY : SILENT;
}
