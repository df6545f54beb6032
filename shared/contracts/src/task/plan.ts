/** What a designer leaves for a coder. */
import { z } from 'zod';

export const plan = z.object({
  name: z.string().min(1).max(80),
  /** The playbook's recipe it starts from; null when the code is to be written from the template alone. */
  recipe: z.string().nullable(),
  summary: z.string(),
  /** Why it suits this task and this data. */
  reason: z.string(),
  architecture: z.string(),
  pipeline: z.string(),
  loss: z.string(),
  regularisation: z.string(),
  validation: z.string(),
  resources: z.string(),
  inferenceCost: z.string(),
  /** What sets it apart from the other candidates. */
  differs: z.string(),
  /** First content of `config.json`. */
  config: z.record(z.string(), z.json()),
});
export type Plan = z.infer<typeof plan>;
