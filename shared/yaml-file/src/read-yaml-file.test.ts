import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readYamlFile, type YamlForm } from './read-yaml-file.ts';

const boat = z.strictObject({ length: z.number(), crew: z.int().optional() });
const FORM: YamlForm<unknown> = {
  file: 'harbour.yaml',
  schema: z.strictObject({ boats: z.record(z.string(), boat), depth: z.number().optional() }),
  tables: { '': ['boats', 'depth'], 'boats.*': ['length', 'crew'] },
  examples: { 'boats.*.length': 'length: 12' },
  beginning: 'Start with "boats:".',
};
const read = (text: string) => readYamlFile(new TextEncoder().encode(text), FORM);

describe('a file of named tables', () => {
  it('is read with the place of every key', () => {
    expect(read('boats:\n  mary: {length: 12}\n')).toEqual({
      kind: 'read',
      value: { boats: { mary: { length: 12 } } },
      positions: {
        boats: { line: 1, column: 1 },
        'boats.mary': { line: 2, column: 3 },
        'boats.mary.length': { line: 2, column: 10 },
      },
    });
  });

  it('knows the keys of every table, whatever its name, and says a mistyped one once', () => {
    const fault = { message: 'unknown key "lenght" under "boats.mary"', remedy: 'Did you mean "length"?' };
    expect(read('boats:\n  mary:\n    lenght: 12\n')).toEqual({
      kind: 'faulty',
      faults: [{ ...fault, file: 'harbour.yaml', line: 3, column: 5 }],
    });
  });

  it('says where a key belongs that stands in the wrong table', () => {
    expect(read('boats:\n  mary: {length: 12, depth: 3}\n')).toMatchObject({
      faults: [{ remedy: '"depth" stands at the top level.' }],
    });
  });

  it('that is empty is told how to begin', () => {
    expect(read('')).toMatchObject({
      faults: [{ message: 'holds no keys', remedy: 'Start with "boats:".' }],
    });
  });
});
