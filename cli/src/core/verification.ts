/** What a verification of a folder of results finds. */
import type { FilesCompared } from '@modelwright/report';

export interface Verification extends FilesCompared {
  readonly run: string | null;
  /** Null where there was nothing to predict. */
  readonly submission: SubmissionVerdict | null;
}

export type SubmissionVerdict =
  | { readonly kind: 'valid'; readonly rows: number }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] }
  | { readonly kind: 'unchecked'; readonly reason: string };

export function isUnchanged({ changed, missing }: FilesCompared): boolean {
  return changed.length === 0 && missing.length === 0;
}

/** As delivered, and what it hands in has the form that was asked for. */
export function isSound(verification: Verification): boolean {
  return isUnchanged(verification) && verification.submission?.kind !== 'invalid';
}
