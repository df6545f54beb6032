/** Every model of the catalogue, asked once; all side by side. */
import { hasKey } from '@modelwright/llm';
import type { Config } from '../config.ts';
import type { ModelFinding } from '../core/model-findings.ts';
import { knowModels, type ModelSource } from './models.ts';

/** Keys that only the services have are none here: what this command finds is what it could ask itself. */
export async function examineModels(config: Config, source: ModelSource): Promise<ModelFinding[]> {
  const { catalogue, variables } = knowModels(config, source, null);
  // Loaded here alone: no other command has to wait for the client library.
  const { probeModel } = await import('./probe-model.ts');
  return Promise.all(
    Object.values(catalogue.models).map((settings) => {
      if (!hasKey(settings, variables)) return { kind: 'keyless' as const, settings };
      return probeModel(settings, settings.keyEnv === null ? null : (variables[settings.keyEnv] ?? null));
    }),
  );
}
