/** What this host can contain, found out in a tenth of a second by containing something. */
import { z } from 'zod';
import { isolationRecord } from './exit-record.ts';
import { answers, SandboxError, type SandboxHost } from './interpreter.ts';

export const sandboxProbe = z.object({
  /** One sentence. */
  verdict: z.string(),
  level: z.enum(['contained', 'partial', 'none']),
  host: z.string(),
  isolation: isolationRecord.nullable(),
  abilities: z.record(z.string(), z.object({ ok: z.boolean(), why: z.string().nullable() })),
});
export type SandboxProbe = z.infer<typeof sandboxProbe>;

export async function probe(host: SandboxHost): Promise<SandboxProbe> {
  const [found] = await answers(host, ['probe'], sandboxProbe);
  if (found === undefined) throw new SandboxError('mw_sandbox probe gave no answer');
  return found;
}
