/** Who does work that the run hands out. */
import { z } from 'zod';

/** Roles that reason: a language model or the playbook answers for them. */
export const agentRole = z.enum(['setup', 'manager', 'designer', 'coder', 'tuner', 'aggregator']);
export type AgentRoleName = z.infer<typeof agentRole>;

/** The others are plain programs of the manager. */
export const role = z.enum([...agentRole.options, 'grader', 'delivery']);
export type Role = z.infer<typeof role>;
