/** A tool's arguments as JSON Schema, in the plain form that all providers accept. */
import { z } from 'zod';

/** Bounds that zod adds to every whole number; some servers refuse them. */
const SAFE_INTEGERS = new Set<unknown>([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

export function parametersOf(args: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _version, $defs: _definitions, ...schema } = z.toJSONSchema(args, { io: 'input' });
  return plainMap(schema);
}

function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== 'object' || schema === null) return schema;
  // Only "any JSON value" is recursive among arguments: it may be anything, and says so.
  return '$ref' in schema ? {} : plainMap(schema);
}

function plainMap(schema: object): Record<string, unknown> {
  const kept = Object.entries(schema).filter(([key, value]) => !isNoise(key, value));
  return Object.fromEntries(kept.map(([key, value]) => [key, plain(value)]));
}

function isNoise(key: string, value: unknown): boolean {
  return key === 'propertyNames' || ((key === 'maximum' || key === 'minimum') && SAFE_INTEGERS.has(value));
}
