/** The tools that a prompt speaks of: it must not promise what an agent does not have. */
import { readFileSync } from 'node:fs';

const VERBS = 'read|write|edit|list|run|data|check|request|train|submit|fetch|web|analyse';
/** Between backticks, so that names of columns and settings elsewhere are not meant. */
const NAMED = new RegExp(`(?<=\`)(?:${VERBS})_[a-z_]+(?=\`)`, 'g');

/** @throws Error when it speaks of none: then it is not written as the others are. */
export function toolsNamedIn(prompt: URL): string[] {
  const named = new Set(readFileSync(prompt, 'utf8').match(NAMED));
  if (named.size === 0) throw new Error(`${prompt.pathname} names no tools`);
  return [...named];
}
