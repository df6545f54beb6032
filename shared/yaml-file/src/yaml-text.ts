/** A value as the text of a YAML file, for people to read and to change. */
import { stringify } from 'yaml';

const WIDTH = 100;

export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: WIDTH, blockQuote: 'literal' });
}
