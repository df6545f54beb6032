/** What a check of the data or of a candidate has found, with its evidence; and what follows for a candidate's number. */
import { z } from 'zod';

export const finding = z.object({
  /** Name of the check, such as `duplicates-across-parts`. */
  check: z.string(),
  /** `note` informs; `warning` asks for a look; `suspicious` means that the number is not to be believed as it stands. */
  severity: z.enum(['note', 'warning', 'suspicious']),
  /** What was seen, with its numbers, in a sentence or two. */
  evidence: z.string(),
  /** What to do about it, where somebody can. */
  remedy: z.string().nullable().default(null),
});
export type Finding = z.infer<typeof finding>;

/** `verified`: every check that could be made was made, and found nothing. `unverified`: some could not be made. */
export const trust = z.object({
  label: z.enum(['verified', 'unverified', 'suspicious']),
  reasons: z.array(z.string()),
});
export type Trust = z.infer<typeof trust>;
