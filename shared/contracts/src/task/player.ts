/** Who answers for the agents of a run: the playbook, or language models. */
import { z } from 'zod';
import { agentRole } from '../messages/role.ts';

/** A name from the models that the services are configured with. */
export const modelName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/, 'not the name of a model');

const playbook = z.object({ kind: z.literal('playbook'), clumsy: z.boolean() });

/** For a whole run, as it was submitted. */
export const runPlayer = z.discriminatedUnion('kind', [
  playbook,
  z.object({
    kind: z.literal('models'),
    /** Models by role, the first to be asked first; a role that is not named has the services' own choice. */
    roles: z.partialRecord(agentRole, z.array(modelName).min(1)),
  }),
]);
export type RunPlayer = z.infer<typeof runPlayer>;

/** For one assignment. */
export const player = z.discriminatedUnion('kind', [
  playbook,
  z.object({
    kind: z.literal('models'),
    /** The first to be asked first; none: the service's own choice for the role. */
    models: z.array(modelName),
  }),
]);
export type Player = z.infer<typeof player>;
