/** Which folder is to learn from and which to predict, by their names. */
import type { FolderProfile } from '@modelwright/contracts';
import { isAtOrBelow, type Media, mediaBelow } from './media.ts';

const TRAIN = /(^|[^a-z])train/i;
const TEST = /(^|[^a-z])(test|eval(uation)?|unlabell?ed|to[_-]?predict)/i;

export function isTraining(path: string): boolean {
  return TRAIN.test(path) && !isTesting(path);
}

export function isTesting(path: string): boolean {
  return TEST.test(path);
}

/** The topmost folder of such files that is there to be predicted; null without one. */
export function testFolder(survey: FolderProfile, media: Media, train: string): string | null {
  const ways = survey.folders.flatMap(({ path }) => prefixesOf(path));
  const fitting = [...new Set(ways)]
    .filter((path) => isTesting(lastOf(path)) && !isAtOrBelow(path, train) && !isAtOrBelow(train, path))
    .filter((path) => mediaBelow(survey, path)?.media === media);
  return fitting.toSorted((a, b) => a.length - b.length)[0] ?? null;
}

/** `a/b/c` lies below `a` and `a/b`. */
function prefixesOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, place) => parts.slice(0, place + 1).join('/'));
}

export const lastOf = (path: string) => path.split('/').at(-1) ?? '';
