/**
 * An agent from whose mouth and ears secrets are taken: before anything is recorded, so that what is recorded is what
 * everybody went by, in the first run and in every later one.
 */
import type { Tool, ToolOutcome } from '@modelwright/agent';
import { type Model, ModelFailure, type ModelReply } from '@modelwright/llm';
import { type Scrub, scrubAll } from '@modelwright/telemetry';
import { z } from 'zod';

export function scrubbedModel(model: Model, scrub: Scrub): Model {
  return {
    name: model.name,
    contextTokens: model.contextTokens,
    ceiling: (request) => model.ceiling(request),
    estimate: (request) => model.estimate(request),
    async complete(request, signal) {
      try {
        return scrubbedReply(await model.complete(request, signal), scrub);
      } catch (error) {
        throw error instanceof ModelFailure ? scrubbedFailure(error, scrub) : error;
      }
    },
  };
}

export function scrubbedTool(tool: Tool, scrub: Scrub): Tool {
  return {
    ...tool,
    run: async (args, call) => scrubbedOutcome(await tool.run(args, call), scrub),
    resume: async (args, call) => scrubbedOutcome(await tool.resume(args, call), scrub),
  };
}

function scrubbedReply(reply: ModelReply, scrub: Scrub): ModelReply {
  return {
    ...reply,
    text: scrub(reply.text),
    calls: reply.calls.map((call) => ({ ...call, arguments: scrub(call.arguments) })),
    opaque: reply.opaque === null ? null : z.json().parse(scrubAll(reply.opaque, scrub)),
  };
}

/** Providers like to repeat the key that they refuse. */
function scrubbedFailure({ failure, charge, retryAt, model }: ModelFailure, scrub: Scrub): ModelFailure {
  const { message, causes } = failure;
  return new ModelFailure(
    { ...failure, message: scrub(message), causes: causes.map(scrub) },
    { charge, ...(retryAt === null ? {} : { retryAt }), ...(model === null ? {} : { model }) },
  );
}

function scrubbedOutcome(outcome: ToolOutcome, scrub: Scrub): ToolOutcome {
  return outcome.kind === 'wait' ? outcome : { ...outcome, content: scrub(outcome.content) };
}
