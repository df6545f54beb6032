import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTask } from './task-file.ts';

const GOOD = `version: 1
name: digits
description: Recognise the digit.
data:
  layout: table
  train: train.csv
  target: digit
metric: accuracy
`;

const read = (text: string) => readTask(new TextEncoder().encode(text));
const problemsOf = (text: string) => {
  const reading = read(text);
  return reading.kind === 'faulty' ? reading.problems : [];
};

describe('a task file', () => {
  it('is read with the place of every key', () => {
    const reading = read(GOOD);
    expect(reading.kind).toBe('read');
    expect(reading.kind === 'read' && reading.positions['data.target']).toEqual({ line: 7, column: 3 });
  });

  it('names an unknown key, its place and the nearest known key', () => {
    expect(problemsOf(GOOD.replace('metric:', 'metrc:'))).toEqual([
      {
        message: 'unknown key "metrc"',
        remedy: 'Did you mean "metric"?',
        file: 'task.yaml',
        line: 8,
        column: 1,
      },
    ]);
  });

  it('says where a key belongs that stands in the wrong table', () => {
    const [problem] = problemsOf(
      GOOD.replace('metric: accuracy', 'metric: accuracy\ntransductive: forbidden'),
    );
    expect(problem).toMatchObject({
      line: 9,
      column: 1,
      remedy: '"transductive" belongs under "constraints:".',
    });
  });

  it('lists the known keys where none is near', () => {
    const [problem] = problemsOf(`${GOOD}colour: red\n`);
    expect(problem?.remedy).toContain('Known here: version, name');
  });

  it('points at the table a missing key belongs to', () => {
    expect(problemsOf(GOOD.replace('  target: digit\n', ''))).toEqual([
      {
        message: '"data.target" is missing',
        remedy: 'Add target: <column> under data.',
        file: 'task.yaml',
        line: 4,
        column: 1,
      },
    ]);
  });

  it('offers the nearest metric and all of them', () => {
    const [problem] = problemsOf(GOOD.replace('accuracy', 'accurracy'));
    expect(problem).toMatchObject({ line: 8, column: 1, message: 'metric: "accurracy" is not known' });
    expect(problem?.remedy).toMatch(/^Did you mean accuracy\? Known: accuracy, .*\bmape\b/);
  });

  it('asks for quotes around a number that is a name', () => {
    const [problem] = problemsOf(GOOD.replace('target: digit', 'target: 7'));
    expect(problem).toMatchObject({ line: 7, remedy: 'Write it in quotes: "7".' });
  });

  it('refuses a path that leaves the folder', () => {
    const [problem] = problemsOf(GOOD.replace('train.csv', '../train.csv'));
    expect(problem).toMatchObject({ line: 6, column: 3 });
    expect(problem?.message).toContain('stays inside its folder');
  });

  it('says that pixels need the image they are of', () => {
    const [problem] = problemsOf(GOOD.replace('layout: table', 'layout: pixels'));
    expect(problem).toMatchObject({ line: 4, message: '"data.image" is missing' });
  });

  it.each([
    ['a tab', 'version: 1\ndata:\n\tlayout: table\n', 3, 'spaces'],
    ['a key given twice', `${GOOD}metric: rmse\n`, 9, 'one of the two'],
    ['an open quote', 'version: 1\nname: "digits\n', 3, 'Close the quote'],
  ])('places %s', (_, text, line, remedy) => {
    const [problem] = problemsOf(text);
    expect(problem?.line).toBe(line);
    expect(problem?.remedy).toContain(remedy);
  });

  it.each([
    ['nothing', ''],
    ['a list', '- 1\n'],
    ['a word', 'hello'],
    ['an alias without anchor', 'version: *one\n'],
  ])('that holds %s is refused at its start', (_, text) => {
    expect(problemsOf(text)[0]).toMatchObject({ file: 'task.yaml', line: 1, column: 1 });
  });

  it('in another encoding is refused where it starts to differ', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('version: 1\nname: caf'), 0xe9, 0x0a]);
    const reading = readTask(bytes);
    expect(reading.kind === 'faulty' && reading.problems[0]).toMatchObject({ line: 2, column: 10 });
  });

  it('refuses aliases that multiply', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`;
    expect(problemsOf(bomb)[0]?.remedy).toContain('alias');
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['read', 'faulty']).toContain(readTask(bytes).kind);
      }),
    );
  });

  it('never throws, whatever the YAML', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(read(json).kind).toBe('faulty');
      }),
    );
  });
});
