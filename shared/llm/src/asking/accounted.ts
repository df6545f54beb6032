/** A model whose replies are held against its ceiling. What was charged counts all the same: the log shall know of it. */
import type { Logger } from '@modelwright/telemetry';
import type { Model } from '../model.ts';

export function accounted(model: Model, logger: Logger): Model {
  return {
    name: model.name,
    contextTokens: model.contextTokens,
    ceiling: (request) => model.ceiling(request),
    estimate: (request) => model.estimate(request),
    async complete(request, signal) {
      const reply = await model.complete(request, signal);
      const { usage } = reply;
      const ceiling = model.ceiling(request);
      if (usage.microUsd > ceiling) {
        logger.warn(
          { model: model.name, usage, ceiling },
          `${model.name} charged more than it could at most`,
        );
      }
      return reply;
    },
  };
}
