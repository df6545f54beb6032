/** What every service with agents reads from the environment: how much it works on, and which models it may ask. */
import { type Catalogue, type CatalogueFault, loadCatalogue, type Variables } from '@modelwright/llm';
import { z } from 'zod';

export const agentEnvironment = z.object({
  /** Assignments in hand at once, per process. */
  AGENT_CONCURRENCY: z.coerce.number().int().positive().max(1000).default(20),
  /** Processor cores that one job gets. */
  AGENT_JOB_CPUS: z.coerce.number().positive().max(1024).default(1),
});

export interface ModelsConfig {
  readonly catalogue: Catalogue;
  /** The keys that the catalogue names, by their variables; of those that are set. */
  readonly keys: Variables;
}

/**
 * The models, over the whole environment: the file that MODELWRIGHT_CONFIG names, or OPENAI_API_KEY, OPENAI_BASE_URL and
 * OPENAI_MODEL alone; and the keys, by whatever variables the catalogue names.
 */
export const modelsEnvironment = z
  .record(z.string(), z.string().optional())
  .transform((variables, context): { models: ModelsConfig } => {
    const reading = loadCatalogue(variables['MODELWRIGHT_CONFIG'] ?? null, variables);
    if (reading.kind === 'faulty') {
      for (const fault of reading.faults) {
        context.addIssue({ code: 'custom', path: ['MODELWRIGHT_CONFIG'], message: inWords(fault) });
      }
      return z.NEVER;
    }
    const { catalogue } = reading;
    const names = Object.values(catalogue.models).flatMap(({ keyEnv }) => keyEnv ?? []);
    const keys = Object.fromEntries(names.map((name) => [name, variables[name]]));
    return { models: { catalogue, keys } };
  });

/** Over the environment. */
export const agentConfig = agentEnvironment.and(modelsEnvironment);
export type AgentConfig = z.infer<typeof agentConfig>;

function inWords({ file, line, column, message, remedy }: CatalogueFault): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place === '' ? '' : `${place}: `}${message}. ${remedy}`;
}
