/** The catalogue of this process: from the file that is named, else from the environment alone. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Variables } from './catalogue.ts';
import { type CatalogueReading, catalogueOfEnvironment, readCatalogue } from './read-catalogue.ts';

/** @param path Of `modelwright.yaml`; null where there is none. */
export function loadCatalogue(path: string | null, variables: Variables): CatalogueReading {
  if (path === null) return catalogueOfEnvironment(variables);
  try {
    const bytes = readFileSync(path);
    const read = (named: string) => readFileSync(resolve(dirname(path), named), 'utf8');
    return readCatalogue({ file: path, bytes, variables, read });
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { kind: 'faulty', faults: [{ message, remedy: 'Name a file that is there.', file: path }] };
  }
}
