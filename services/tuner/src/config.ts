/** What the tuner reads from the environment, besides what every service does. */
import { agentEnvironment, modelsEnvironment } from '@modelwright/agent-host';
import { z } from 'zod';

export const tunerConfig = agentEnvironment
  .extend({
    /** The Python environment of the harness: the path of its interpreter. */
    MODELWRIGHT_PYTHON: z.string({ error: 'must name a Python that has scikit-learn and pandas' }).min(1),
  })
  .and(modelsEnvironment);
