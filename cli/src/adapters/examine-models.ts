/** Every model of the catalogue, asked once; all side by side. */
import { hasKey } from '@modelwright/llm';
import type { Config } from '../config.ts';
import type { ModelFinding } from '../core/model-findings.ts';
import { knowModels, type ModelSource } from './models.ts';
import { probeModel } from './probe-model.ts';

/** Keys that only the services have are none here: what this command finds is what it could ask itself. */
export function examineModels(config: Config, source: ModelSource): Promise<ModelFinding[]> {
  const { catalogue, variables } = knowModels(config, source, null);
  return Promise.all(
    Object.values(catalogue.models).map((settings) => {
      if (!hasKey(settings, variables)) return { kind: 'keyless' as const, settings };
      return probeModel(settings, settings.keyEnv === null ? null : (variables[settings.keyEnv] ?? null));
    }),
  );
}
