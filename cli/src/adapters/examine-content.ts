/** The place where content is kept, tried from here. */
import { probePlace, toFailure } from '@modelwright/bus';
import type { Config } from '../config.ts';
import { type ContentCheck, contentCheck } from '../core/content-check.ts';

/** No check where content is kept in NATS, or as a farm has it. */
export async function examineContent({ content }: Pick<Config, 'content'>): Promise<ContentCheck[]> {
  if (content === null || content.kind === 'nats') return [];
  try {
    return [contentCheck(content, { kind: 'usable', probe: await probePlace(content) })];
  } catch (error) {
    return [contentCheck(content, { kind: 'unusable', failure: toFailure(error, 'doctor') })];
  }
}
