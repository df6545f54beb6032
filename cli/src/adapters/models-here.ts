/** The models that runs submitted from here can have: those of the services of this machine, or of somebody else's. */
import type { WebSettings } from '@modelwright/llm';
import type { Config } from '../config.ts';
import type { KnownModels } from '../core/model-choice.ts';
import { lookAtFarm } from './farm/farm.ts';
import { toldOf } from './farm/up.ts';
import { knowModels, type ModelSource } from './models.ts';

export async function modelsHere(config: Config, source: ModelSource): Promise<KnownModels> {
  const farm = await lookAtFarm(config);
  const { catalogue, variables } = knowModels(config, source, toldOf(farm));
  return { catalogue, variables, elsewhere: config.outside !== null && farm.recorded === null };
}

/** What the services read of the web. */
export async function webHere(config: Config, source: ModelSource): Promise<WebSettings> {
  return (await modelsHere(config, source)).catalogue.web;
}
