/** What a candidate left may break a check: then it was not made, which is no reason to lose the score. */
import { PermanentFailure } from '@modelwright/bus';
import type { Examined } from '@modelwright/harness';

export async function orUnmade(check: string, examine: () => Promise<Examined>): Promise<Examined> {
  try {
    return await examine();
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return { findings: [], unmade: [{ check, reason: error.message }] };
  }
}
