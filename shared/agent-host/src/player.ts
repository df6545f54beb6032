/** Who answers for an assignment: the playbook, in place of a language model. */
import type { Assignment } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import { createPlaybook } from '@modelwright/playbook';

export type Players = (player: Assignment['player']) => Model;

export const players: Players = ({ clumsy }) => createPlaybook({ clumsy });
