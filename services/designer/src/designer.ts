/** The role: what a designer is told, and what it can do. */
import type { ReadingRole, Seat } from '@modelwright/agent-host';
import { designerWork } from '@modelwright/contracts';
import type { DesignerBrief } from '@modelwright/llm';
import type { z } from 'zod';
import { submitPlans } from './tools/submit-plans.ts';

export type DesignerWork = z.infer<typeof designerWork>;

export const designer: ReadingRole<DesignerWork> = {
  role: 'designer',
  work: designerWork,
  prompt: new URL('./prompts/designer.md', import.meta.url),
  files: 'none',
  compose: (seat) => Promise.resolve({ brief: briefOf(seat), tools: [submitPlans(seat.work)] }),
};

function briefOf({ assignment, work, card, cpus }: Seat<DesignerWork>): DesignerBrief {
  return {
    task: work.data.task,
    card,
    hardware: { cpus },
    role: 'designer',
    action: work.action,
    seed: assignment.seed,
    candidate: assignment.candidate,
    count: work.count,
    parent: work.parent,
    partner: work.partner,
    guidance: work.guidance,
    insights: work.insights,
    board: work.board,
  };
}
