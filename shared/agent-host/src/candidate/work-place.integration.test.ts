import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { openWorkPlaces } from './work-place.ts';

/** Larger than any process id. */
const NOBODY = '99999999';

describe('a place to work', () => {
  it('is new each time the same assignment is taken up, and gone afterwards', async () => {
    await using home = await temporaryFolder();
    const places = await openWorkPlaces(home.path, 'coder-one');
    const first = await places.take('a');
    const second = await places.take('a');
    expect(second.folder).not.toBe(first.folder);
    await first[Symbol.asyncDispose]();
    expect(existsSync(first.folder)).toBe(false);
    expect(existsSync(second.folder)).toBe(true);
  });

  it('is not kept for a process that is gone, and is for one that lives', async () => {
    await using home = await temporaryFolder();
    const own = join(home.path, 'workspaces', 'coder-one');
    await mkdir(join(own, NOBODY, 'a-x'), { recursive: true });
    await mkdir(join(own, String(process.ppid), 'b-x'), { recursive: true });
    await openWorkPlaces(home.path, 'coder-one');
    expect(existsSync(join(own, NOBODY))).toBe(false);
    expect(existsSync(join(own, String(process.ppid), 'b-x'))).toBe(true);
  });
});
