/** What setup proposes, and the words that every proposal needs. */
import type { TaskProposal } from '@modelwright/contracts';
import type { BareFolder } from './bare-folder.ts';

export interface Proposed {
  readonly kind: 'proposed';
  readonly task: TaskProposal;
  /** What was guessed, each in a sentence. */
  readonly doubts: readonly string[];
}

export type Proposal = Proposed | { readonly kind: 'unclear'; readonly reason: string };

const MOST_DESCRIPTION = 8000;
const MOST_NAME = 100;

export function taskName({ name }: BareFolder): string {
  return name.slice(0, MOST_NAME) || 'task';
}

/** The folder's own words; `otherwise` where it has none. */
export function descriptionOf({ description }: BareFolder, otherwise: string): string {
  if (description === null || description.trim() === '') return otherwise;
  return description.trim().slice(0, MOST_DESCRIPTION);
}
