/** Reads `modelwright.yaml`: text in, a catalogue or every fault with its line and column out. */
import { nearest, type Positions, positionAt, readYamlFile, type YamlForm } from '@modelwright/yaml-file';
import type { Catalogue, Variables } from './catalogue.ts';
import {
  type CatalogueFile,
  catalogueFile,
  modelEntry,
  priceEntry,
  rolesEntry,
  webEntry,
} from './catalogue-file.ts';
import { completeCatalogue } from './complete.ts';
import { type PriceFile, readPriceFile } from './price-file.ts';

/** What is wrong, where, and what to do next. What the environment has wrong stands in no file. */
export interface CatalogueFault {
  readonly message: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export type CatalogueReading =
  | { readonly kind: 'read'; readonly catalogue: Catalogue }
  | { readonly kind: 'faulty'; readonly faults: readonly CatalogueFault[] };

export interface CatalogueSource {
  /** Its name in faults. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The environment. Keys are looked for there; none is kept. */
  readonly variables: Variables;
  /** The text of a file that the catalogue names, by the path it has there. May throw. */
  read(path: string): string;
}

export function readCatalogue(source: CatalogueSource): CatalogueReading {
  const { file, variables } = source;
  const reading = readYamlFile(source.bytes, { ...FORM, file });
  if (reading.kind === 'faulty') return reading;
  const { value, positions } = reading;
  const prices = pricesOf(value, source);
  const wrongServer = environmentFaults(variables);
  if (prices.kind === 'faulty' || wrongServer.length > 0) {
    const inPrices =
      prices.kind === 'faulty' ? [{ ...prices.fault, file, ...positionAt(positions, ['prices']) }] : [];
    return { kind: 'faulty', faults: [...inPrices, ...wrongServer] };
  }
  const catalogue = completeCatalogue(value, variables, prices.prices);
  const faults = unknownModels(catalogue, positions, file);
  return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'read', catalogue };
}

/** Where there is no file: what the environment alone says. */
export function catalogueOfEnvironment(variables: Variables): CatalogueReading {
  const faults = environmentFaults(variables);
  return faults.length > 0
    ? { kind: 'faulty', faults }
    : { kind: 'read', catalogue: completeCatalogue({}, variables, null) };
}

function pricesOf(
  value: CatalogueFile,
  { read }: CatalogueSource,
): { kind: 'read'; prices: PriceFile | null } | { kind: 'faulty'; fault: CatalogueFault } {
  if (value.prices === undefined) return { kind: 'read', prices: null };
  try {
    return { kind: 'read', prices: readPriceFile(read(value.prices), value.prices) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: 'faulty',
      fault: {
        message: `prices: ${value.prices} cannot be read: ${reason}`,
        remedy: "Name LiteLLM's model_prices_and_context_window.json, or leave the key out.",
      },
    };
  }
}

function environmentFaults({ OPENAI_BASE_URL: url = '' }: Variables): CatalogueFault[] {
  if (url === '' || /^https?:$/.test(URL.parse(url)?.protocol ?? '')) return [];
  return [
    {
      message: `OPENAI_BASE_URL is not the address of a server: ${url}`,
      remedy: 'Write it as http://127.0.0.1:8000/v1, or unset it.',
    },
  ];
}

/** Who is to play a role must be there. */
function unknownModels({ models, roles }: Catalogue, positions: Positions, file: string): CatalogueFault[] {
  const known = Object.keys(models);
  return Object.entries(roles).flatMap(([role, names]) =>
    names.flatMap((name, index) => {
      if (known.includes(name)) return [];
      const near = nearest(name, known);
      const list =
        known.length === 0 ? 'There are none: write them under "models:".' : `Known: ${known.join(', ')}.`;
      return [
        {
          message: `roles.${role}: there is no model "${name}"`,
          remedy: `${near === null ? '' : `Did you mean "${near}"? `}${list}`,
          file,
          ...positionAt(positions, ['roles', role, index]),
        },
      ];
    }),
  );
}

/** The keys of `modelwright.yaml`, table by table. */
export const catalogueKeys = (): string[] => [...new Set(Object.values(FORM.tables).flat())];

const FORM: Omit<YamlForm<CatalogueFile>, 'file'> = {
  schema: catalogueFile,
  beginning: 'Start with "models:" and, two spaces in, the name of a model.',
  tables: {
    '': Object.keys(catalogueFile.shape),
    'models.*': Object.keys(modelEntry.shape),
    'models.*.price': Object.keys(priceEntry.shape),
    roles: Object.keys(rolesEntry.shape),
    web: Object.keys(webEntry.shape),
  },
  examples: {
    models: 'models: {gpt: {model: gpt-5.4}}',
    roles: 'roles: {default: [gpt]}',
    'roles.default': 'default: [gpt]',
  },
};
