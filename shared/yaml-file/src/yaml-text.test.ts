import { expect, it } from 'vitest';
import { z } from 'zod';
import { readYamlFile } from './read-yaml-file.ts';
import { yamlText } from './yaml-text.ts';

it('what is written is read back as it was', () => {
  const value = { name: 'no', text: 'a: b\n# no comment\n', list: ['1', '-'], empty: '' };
  const schema = z.object({
    name: z.string(),
    text: z.string(),
    list: z.array(z.string()),
    empty: z.string(),
  });
  const form = { file: 'x.yaml', schema, tables: {}, beginning: '', examples: {} };
  const reading = readYamlFile(new TextEncoder().encode(yamlText(value)), form);
  expect(reading).toMatchObject({ kind: 'read', value });
});
