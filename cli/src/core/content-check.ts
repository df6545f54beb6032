/** What `doctor` says of the place where content is kept. */
import type { ContentPlace, PlaceProbe } from '@modelwright/bus';
import type { Failure } from '@modelwright/contracts';
import { oneLine } from './text/shorten.ts';

export type ContentFinding =
  | { readonly kind: 'usable'; readonly probe: PlaceProbe }
  | { readonly kind: 'unusable'; readonly failure: Failure };

export interface ContentCheck {
  readonly name: 'content';
  readonly status: 'ok' | 'fail';
  readonly detail: string;
  readonly remedy: string | null;
}

export function contentCheck(place: ContentPlace, finding: ContentFinding): ContentCheck {
  if (finding.kind === 'usable') {
    const { marked, milliseconds } = finding.probe;
    const before = marked ? 'holds content of a farm' : 'is new';
    return {
      name: 'content',
      status: 'ok',
      detail: `${place.text} ${before}; written and read in ${milliseconds} ms`,
      remedy: null,
    };
  }
  const { kind, message } = finding.failure;
  return {
    name: 'content',
    status: 'fail',
    detail: `${place.text}: ${oneLine(message, 300)}`,
    remedy: REMEDIES[kind] ?? 'see docs/artifacts.md, or unset MODELWRIGHT_ARTIFACTS to keep content in NATS',
  };
}

const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  'no-credentials': 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
  'no-bucket': 'make the bucket, or correct its name in MODELWRIGHT_ARTIFACTS',
  'not-permitted': 'allow this user to read, write and list there (docs/artifacts.md has the list)',
  'store-away': 'start or mount it, or correct its address in MODELWRIGHT_ARTIFACTS',
  'store-full': 'make room there',
};
