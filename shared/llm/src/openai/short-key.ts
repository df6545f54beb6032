/** Keys for a provider's cache of prompts, which may have 64 characters. */
import { createHash } from 'node:crypto';

const LONGEST = 64;

export function shortKey(key: string): string {
  return key.length <= LONGEST ? key : createHash('sha256').update(key).digest('hex');
}
