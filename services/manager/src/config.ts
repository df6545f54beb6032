/** What the manager reads from the environment, besides what every service does. */
import { agentEnvironment, modelsEnvironment } from '@modelwright/agent-host';
import { z } from 'zod';

const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);

export const managerConfig = agentEnvironment
  .extend({
    /** The Python environment of the harness: the path of its interpreter. */
    MODELWRIGHT_PYTHON: z.string({ error: 'must name a Python that has scikit-learn and pandas' }).min(1),
    /** Copies of every stream and bucket: 1 on a single server, 3 on a cluster. */
    MODELWRIGHT_REPLICAS: z.enum(['1', '3', '5']).default('1').transform(Number),
    /** Multiplies the bounds of every stream and bucket. */
    MODELWRIGHT_STORAGE_SCALE: z.coerce.number().positive().default(1),
    MODELWRIGHT_TICK_SECONDS: z.coerce.number().positive().default(5),
    /** Assignments of each kind that this process works on at a time. */
    MANAGER_CONCURRENCY: count(2),
  })
  .and(modelsEnvironment);
export type ManagerConfig = z.infer<typeof managerConfig>;
