/** The role: what a designer is told, and what it can do. */
import type { Tool } from '@modelwright/agent';
import {
  dataProfile,
  hardwareOf,
  listAssets,
  note,
  promptIn,
  type ReadingRole,
  readOutput,
  type Seat,
} from '@modelwright/agent-host';
import { designerWork } from '@modelwright/contracts';
import type { DesignerBrief } from '@modelwright/llm';
import type { z } from 'zod';
import { analyseData } from './tools/analyse-data.ts';
import { fetchUrl } from './tools/fetch-url.ts';
import { submitPlans } from './tools/submit-plans.ts';
import { webSearch } from './tools/web-search.ts';
import type { Web } from './web.ts';

export type DesignerWork = z.infer<typeof designerWork>;

export function designer(web: Web): ReadingRole<DesignerWork> {
  return {
    role: 'designer',
    work: designerWork,
    prompt: promptIn(new URL('./prompts/designer.md', import.meta.url)),
    files: 'none',
    compose: (seat) => Promise.resolve({ brief: briefOf(seat), tools: toolsOf(seat, web) }),
  };
}

function toolsOf(seat: Seat<DesignerWork>, web: Web): Tool[] {
  return [
    dataProfile(seat),
    analyseData(seat),
    readOutput(seat),
    listAssets(seat, () => undefined),
    ...toolsForTheWeb(seat.work, web),
    note(),
    submitPlans(seat.work),
  ];
}

/** A task that says nothing of the web allows nothing of it. */
function toolsForTheWeb({ constraints }: DesignerWork, web: Web): Tool[] {
  const rules = { access: constraints?.web ?? 'off', deny: web.deny } as const;
  if (rules.access === 'off') return [];
  return [...(web.search === null ? [] : [webSearch(web.search, rules)]), fetchUrl(web, rules)];
}

function briefOf({ assignment, work, card, cpus }: Seat<DesignerWork>): DesignerBrief {
  return {
    task: work.data.task,
    card,
    hardware: hardwareOf(assignment, cpus),
    role: 'designer',
    action: work.action,
    seed: assignment.seed,
    candidate: assignment.candidate,
    count: work.count,
    parent: work.parent,
    partner: work.partner,
    guidance: work.guidance,
    insights: work.insights,
    findings: work.findings,
    constraints: work.constraints,
    secondsPerTrial: work.secondsPerTrial,
    board: work.board,
  };
}
