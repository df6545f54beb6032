/** `modelwright.yaml` of a laptop in a test. JSON is YAML. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** US dollars per million tokens; as if it were a middling model. */
export const PRICE = { input: 1, cached_input: 0.1, output: 4 } as const;

export interface ModelWish {
  readonly name: string;
  readonly url: string;
  readonly api?: 'chat' | 'responses';
  readonly tools?: 'native' | 'text';
  /** Default: json_schema. */
  readonly structured?: 'json_schema' | 'json_object' | 'none';
}

/** Where the key is expected. */
export const KEY_VARIABLE = 'ENGINEER_KEY';
export const KEY = 'sk-engineer-0123456789abcdef0123456789abcdef';

/** All roles are played by the models in the order given. */
export async function writeModelsFile(folder: string, models: readonly ModelWish[]): Promise<void> {
  const entries = models.map(({ name, url, ...more }) => [
    name,
    {
      base_url: url,
      key_env: KEY_VARIABLE,
      price: PRICE,
      context_tokens: 400_000,
      max_output_tokens: 16_384,
      ...more,
    },
  ]);
  const file = { models: Object.fromEntries(entries), roles: { default: models.map(({ name }) => name) } };
  await writeFile(join(folder, 'modelwright.yaml'), `${JSON.stringify(file, null, 2)}\n`);
}
