/**
 * The models that a command knows of: from modelwright.yaml and the environment. Where neither says anything, those that
 * the running services were told of, so that a second terminal need not repeat what the first one said.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Catalogue, loadCatalogue, type Variables } from '@modelwright/llm';
import type { Config } from '../config.ts';
import { EXIT } from '../core/exit-code.ts';
import type { ModelsTold } from '../core/models-told.ts';
import { Refusal } from '../core/problem.ts';

export const CONFIG_FILE = 'modelwright.yaml';
const CONFIG_VARIABLE = 'MODELWRIGHT_CONFIG';
/** Alone they make a catalogue of one model. */
const OPENAI_VARIABLES = ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL'] as const;

export interface ModelSource {
  /** `--config`. */
  readonly config?: string | undefined;
  /** `--model`: without a file it is the provider's name of the one model there is. */
  readonly model?: string | undefined;
}

export interface Models {
  readonly file: string | null;
  readonly catalogue: Catalogue;
  /** Of this command, and those that the services have and this command lacks, with their values hidden. */
  readonly variables: Variables;
  /** What services that are started now are told. */
  readonly told: ModelsTold;
  /** For services that ask models, over what they inherit. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that hold keys: nobody else is given them. */
  readonly keyNames: readonly string[];
  /** Keys that the running services have and this command cannot give to those it starts. */
  readonly missing: readonly string[];
}

/**
 * @param running What the running services were told; null where none run.
 * @throws Refusal with every fault of the file.
 */
export function knowModels(config: Config, source: ModelSource, running: ModelsTold | null): Models {
  const own = config.inherited;
  const stated = source.config !== undefined || statesModels(config);
  const file = stated ? configFile(config, source) : (running?.file ?? configFile(config, source));
  const given: Readonly<Record<string, string>> = {
    ...own,
    ...(file === null && source.model !== undefined ? { OPENAI_MODEL: source.model } : {}),
  };
  const missing = Object.keys(running?.keys ?? {}).filter((name) => given[name] === undefined);
  const variables = {
    ...Object.fromEntries(missing.map((name) => [name, '(known to the services)'])),
    ...given,
  };
  const catalogue = loaded(file, variables);
  const keyNames = [...new Set(Object.values(catalogue.models).flatMap(({ keyEnv }) => keyEnv ?? []))];
  return {
    file,
    catalogue,
    variables,
    told: {
      file,
      catalogue: hashOf(JSON.stringify(catalogue)),
      keys: { ...keysOf(running, missing), ...hashes(keyNames, given) },
    },
    environment: {
      ...(file === null ? {} : { [CONFIG_VARIABLE]: file }),
      ...(given['OPENAI_MODEL'] === undefined ? {} : { OPENAI_MODEL: given['OPENAI_MODEL'] }),
    },
    keyNames,
    missing: missing.filter((name) => keyNames.includes(name)),
  };
}

/** Where the configuration of models is looked for, the nearest first. */
export function configFile(config: Config, { config: named }: ModelSource): string | null {
  const stated = named ?? config.inherited[CONFIG_VARIABLE];
  if (stated !== undefined) return resolve(config.cwd, stated);
  return (
    [join(config.cwd, CONFIG_FILE), join(config.home, CONFIG_FILE)].find((file) => existsSync(file)) ?? null
  );
}

function statesModels(config: Config): boolean {
  const { inherited } = config;
  return OPENAI_VARIABLES.some((name) => inherited[name] !== undefined) || configFile(config, {}) !== null;
}

function loaded(file: string | null, variables: Variables): Catalogue {
  const reading = loadCatalogue(file, variables);
  if (reading.kind === 'read') return reading.catalogue;
  throw new Refusal(EXIT.badInput, reading.faults);
}

function keysOf(running: ModelsTold | null, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => pair(name, running?.keys[name])));
}

function hashes(names: readonly string[], variables: Variables): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => pair(name, variables[name] === undefined ? undefined : hashOf(variables[name]))),
  );
}

const pair = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]];

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
