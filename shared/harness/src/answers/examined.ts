/** What checks of a candidate found, and those that could not be made. */
import { finding } from '@modelwright/contracts';
import { z } from 'zod';

export const examined = z.object({
  findings: z.array(finding),
  unmade: z.array(z.object({ check: z.string(), reason: z.string() })),
});
export type Examined = z.infer<typeof examined>;
