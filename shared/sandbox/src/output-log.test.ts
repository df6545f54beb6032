import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { expect, test } from 'vitest';
import { OUTPUT_START, type OutputPosition, readOutput } from './output-log.ts';

const numbered = (first: number, count: number, text = 'x') =>
  Array.from({ length: count }, (_, n) => `${first + n}\t${text}\n`).join('');

async function all(folder: string, from: OutputPosition): Promise<number[]> {
  const numbers: number[] = [];
  for (let position = from; ; ) {
    const next = await readOutput(folder, 'stdout', position);
    if (next.lines.length === 0) return numbers;
    position = next.position;
    numbers.push(...next.lines.map((line) => line.number));
  }
}

test('the head is read to its end before the tail', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'stdout.log'), numbered(0, 3));
  await writeFile(join(folder.path, 'stdout.tail.log'), numbered(7, 2));
  expect(await all(folder.path, OUTPUT_START)).toEqual([0, 1, 2, 7, 8]);
});

test('a reader that knows its line and not its byte misses nothing of a long head', async () => {
  await using folder = await temporaryFolder();
  const log = join(folder.path, 'stdout.log');
  for (let first = 0; first < 3000; first += 1000)
    await appendFile(log, numbered(first, 1000, 'x'.repeat(1000)));
  await writeFile(join(folder.path, 'stdout.tail.log'), numbered(5000, 1));
  const found = await all(folder.path, { line: 2000, headBytes: 0 });
  expect(found).toEqual([...Array.from({ length: 1000 }, (_, n) => 2000 + n), 5000]);
});
