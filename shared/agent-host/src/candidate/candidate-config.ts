/** `config.json` of a candidate: what a tuner changes. */
import type { Trial } from '@modelwright/contracts';
import { z } from 'zod';

export type CandidateConfig = Trial['config'];

export const candidateConfig = z.record(z.string(), z.json());

/** Null for what is not a JSON object. */
export function parseConfig(text: string): CandidateConfig | null {
  try {
    return candidateConfig.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

export function configText(config: CandidateConfig): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}
