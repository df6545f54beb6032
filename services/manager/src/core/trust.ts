/** Which candidates may be chosen, blended and delivered. */
import type { CandidateIn } from './candidate.ts';

/** Neither suspicious nor outside of what the task allows; what could not be checked may be chosen, and the report says so. */
export function isEligible({ trust, excluded }: CandidateIn<'scored'>): boolean {
  return trust?.label !== 'suspicious' && excluded === undefined;
}
