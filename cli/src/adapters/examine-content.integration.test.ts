import { contentPlace } from '@modelwright/bus';
import { temporaryFolder } from '@modelwright/testing';
import { expect, test } from 'vitest';
import { examineContent } from './examine-content.ts';

test('a folder for content is tried by writing and reading', async () => {
  await using folder = await temporaryFolder();
  const content = contentPlace.parse(`folder:${folder.path}`);
  expect(await examineContent({ content })).toMatchObject([{ name: 'content', status: 'ok' }]);
});

test('a folder that is not there fails the check, and is not made', async () => {
  const content = contentPlace.parse('folder:/nonexistent/place');
  expect(await examineContent({ content })).toMatchObject([
    {
      status: 'fail',
      detail: expect.stringContaining('/nonexistent/place'),
      remedy: expect.stringContaining('mount'),
    },
  ]);
});

test('nothing is said where content is kept in NATS', async () => {
  expect(await examineContent({ content: null })).toEqual([]);
  expect(await examineContent({ content: contentPlace.parse('nats:') })).toEqual([]);
});
