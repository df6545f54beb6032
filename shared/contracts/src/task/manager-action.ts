/** What a manager can have done. */
import { z } from 'zod';

const candidate = z.string();
/** To whoever carries it out: what to do and why. */
const guidance = z.string().min(1).max(4000);

export const managerAction = z.discriminatedUnion('kind', [
  /** New plans from a designer, unlike what there is. */
  z.object({ kind: z.literal('propose'), count: z.int().positive().max(20), guidance }),
  /** A designer changes one thing about a candidate: a new one comes of it. */
  z.object({ kind: z.literal('revise'), candidate, guidance }),
  /** A designer makes one candidate of two. */
  z.object({ kind: z.literal('combine'), candidate, partner: candidate, guidance }),
  /** A coder mends the implementation: a new candidate from the version of this one. */
  z.object({ kind: z.literal('fix'), candidate, guidance }),
  /** A tuner tries further configurations: a new candidate of the same version. */
  z.object({ kind: z.literal('tune'), candidate, guidance }),
  z.object({ kind: z.literal('prune'), candidate, reason: guidance }),
  /** The search ends with what there is. */
  z.object({ kind: z.literal('stop'), reason: guidance }),
]);
export type ManagerAction = z.infer<typeof managerAction>;
