import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { cacheFolder, contentKey, readJson, writeJson } from './cache.mjs';

describe('the cache folder', () => {
  test('is where MODELWRIGHT_CACHE says', () => {
    expect(cacheFolder({ MODELWRIGHT_CACHE: '/somewhere', XDG_CACHE_HOME: '/xdg' })).toBe('/somewhere');
  });

  test('lies in XDG_CACHE_HOME otherwise', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/modelwright');
  });

  test('lies in the home folder when nothing is said', () => {
    expect(cacheFolder({})).toBe(join(homedir(), '.cache', 'modelwright'));
    expect(cacheFolder({ MODELWRIGHT_CACHE: '', XDG_CACHE_HOME: '' })).toBe(cacheFolder({}));
  });
});

test('a content key tells different content apart and is safe in a path', () => {
  expect(contentKey('a')).toMatch(/^[0-9a-f]{16}$/);
  expect(contentKey('a')).not.toBe(contentKey('b'));
});

test('JSON is written whole, without leaving a draft behind', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'record.json');
  writeJson(file, { answer: 42 });
  expect(readJson(file)).toEqual({ answer: 42 });
  expect(readFileSync(file, 'utf8')).toMatch(/\n$/);
  expect(readdirSync(folder.path)).toEqual(['record.json']);
});

test('a file that is missing or not JSON reads as null', async () => {
  await using folder = await temporaryFolder();
  expect(readJson(join(folder.path, 'missing.json'))).toBeNull();
});
