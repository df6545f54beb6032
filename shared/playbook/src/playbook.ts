/**
 * The offline practitioner in the place of a language model: it answers in the same protocol, and each answer is a
 * function of the conversation alone. So it may be asked again after a crash, by another process, and says the same.
 */
import type { Brief, Model, ModelReply, ModelRequest } from '@modelwright/llm';
import { readBrief } from '@modelwright/llm';
import { aggregate } from './aggregator/aggregator.ts';
import type { Answer } from './answer.ts';
import { code } from './coder/coder.ts';
import { design } from './designer/designer.ts';
import { manage } from './manager/manager.ts';
import { readRecipes } from './recipe/read-recipes.ts';
import type { Recipe } from './recipe/recipe.ts';
import { setUp } from './setup/setup.ts';
import { type Step, stepsOf } from './steps.ts';
import { tune } from './tuner/tuner.ts';

const NAME = 'playbook';
const FREE = {
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  microUsd: 0,
  priced: true,
};

export interface PlaybookOptions {
  /** Plants real mistakes into the code it writes, which it must then find from what the checks report. */
  readonly clumsy: boolean;
}

export function createPlaybook({ clumsy }: PlaybookOptions): Model {
  const recipes = readRecipes();
  return {
    name: NAME,
    contextTokens: null,
    estimate: () => ({ inputTokens: 0, outputTokens: 0 }),
    ceiling: () => 0,
    complete: (request, signal) =>
      signal.aborted ? Promise.reject(signal.reason) : Promise.resolve(reply(request, recipes, clumsy)),
  };
}

function reply(request: ModelRequest, recipes: readonly Recipe[], clumsy: boolean): ModelReply {
  const steps = stepsOf(request.messages);
  const { text, call } = answer(readBrief(request.messages), steps, { recipes, clumsy });
  const calls =
    call === null
      ? []
      : [{ id: `call-${steps.length + 1}`, name: call.name, arguments: JSON.stringify(call.args) }];
  return { text, calls, usage: FREE, model: NAME, finish: 'stop', opaque: null };
}

interface Practitioner {
  readonly recipes: readonly Recipe[];
  readonly clumsy: boolean;
}

function answer(brief: Brief, steps: readonly Step[], { recipes, clumsy }: Practitioner): Answer {
  switch (brief.role) {
    case 'setup':
      return setUp(brief, steps);
    case 'manager':
      return manage(brief, steps);
    case 'designer':
      return design(brief, steps, recipes);
    case 'coder':
      return code(brief, steps, { recipes, clumsy });
    case 'tuner':
      return tune(brief, steps, recipes);
    case 'aggregator':
      return aggregate(brief, steps);
  }
}
