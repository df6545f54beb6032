import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ZodType } from 'zod';
import * as contracts from './index.ts';
import { inboxDefinitions, type MessageDefinition } from './index.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url);

const isDefinition = (value: unknown): value is MessageDefinition =>
  typeof value === 'object' && value !== null && 'body' in value && value.body instanceof ZodType;
const exported: unknown[] = [...Object.values(contracts), ...Object.values(inboxDefinitions)];
const definitions = new Map(
  exported.filter(isDefinition).map((definition) => [definition.schema, definition]),
);

const revive = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && '$bytes' in value
    ? new Uint8Array(Buffer.from(String(value.$bytes), 'base64'))
    : value;
const fixtures = readdirSync(FIXTURES).map((file) => ({
  file,
  content: JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8'), revive),
}));

describe('the fixtures', () => {
  it('are there for every message that is defined', () => {
    const published = new Set(fixtures.map(({ content }) => content.schema));
    expect([...published].sort()).toEqual([...definitions.keys()].sort());
  });

  it.each(fixtures)('of $file parse, now and for ever, and lose nothing', ({ file, content }) => {
    const definition = definitions.get(content.schema);
    expect(file.replace(/(\.\d+)?\.json$/, '')).toBe(definition?.schema);
    for (const { body } of content.examples) expect(definition?.body.parse(body)).toMatchObject(body);
  });
});
