/** One answer of a model, through all that our services put around it and through the bare client. */

import { defineTool, succeeded } from '@modelwright/agent';
import type { Model, ModelRequest } from '@modelwright/llm';
import { type Contest, oneByOne } from '../contest.ts';
import { type BareClient, opening } from './bare-client.ts';
import { BRIEF, SYSTEM, TOOLS } from './prompt.ts';

const CALLS = 60;

const request: ModelRequest = {
  system: SYSTEM,
  messages: [{ role: 'user', text: BRIEF }],
  tools: TOOLS.map((tool) => defineTool({ ...tool, run: () => Promise.resolve(succeeded('')) }).spec),
  seed: 1,
  cacheKey: 'bench:designer',
};

export function modelCallContest(model: Model, client: BareClient): Contest {
  const staying = new AbortController().signal;
  return {
    name: 'an answer of a model',
    ours: () => oneByOne(CALLS, () => model.complete(request, staying)),
    raw: () => oneByOne(CALLS, () => client.ask(opening())),
  };
}
