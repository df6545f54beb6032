/** Files that people write: read by a schema, with every fault at its line and column. */
export { nearest } from './nearest.ts';
export { type Position, type Positions, positionAt } from './positions.ts';
export { readYamlFile, type YamlFault, type YamlForm, type YamlReading } from './read-yaml-file.ts';
export { keyRemedy, type Tables } from './tables.ts';
export { yamlText } from './yaml-text.ts';
