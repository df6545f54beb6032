/** Images pinned by a real engine, pulled from a registry that has one. */

import { findDockerEngine } from '@modelwright/testing';
import Docker from 'dockerode';
import { describe, expect, test } from 'vitest';
import { pinImage } from './image.ts';
import { tinyRegistry } from './testing/tiny-registry.ts';

const found = await findDockerEngine();
const engine = 'engine' in found ? found.engine : null;
const here = 'missing' in found ? `skipped: ${found.missing}` : 'on a real engine';

describe.skipIf(engine === null)(`an image (${here})`, () => {
  const docker = new Docker({ socketPath: engine?.socketPath ?? '' });

  test('is pulled when it is missing, with progress, and pinned by its digest', async () => {
    await using registry = await tinyRegistry();
    const told: string[] = [];
    const wish = { name: registry.name, progress: (line: string) => told.push(line) };
    const image = await pinImage(docker, { ...wish, pull: 'missing' });
    try {
      expect(image.pin).toBe(`${registry.name.replace(':latest', '')}@${registry.digest}`);
      expect(told.at(0)).toBe(`pulling ${registry.name}`);
      expect(told.join('\n')).toContain('Pull complete');
      expect(told.at(-1)).toBe(`pulled ${registry.name}`);
      const before = registry.asked();
      expect(await pinImage(docker, { ...wish, pull: 'missing' })).toEqual(image);
      expect(registry.asked()).toBe(before);
    } finally {
      await docker.getImage(image.id).remove({ force: true });
    }
  });

  test('is looked for in its registry each time where that is wished', async () => {
    await using registry = await tinyRegistry();
    const told: string[] = [];
    const wish = {
      name: registry.name,
      pull: 'always',
      progress: (line: string) => told.push(line),
    } as const;
    const image = await pinImage(docker, wish);
    try {
      expect(await pinImage(docker, wish)).toEqual(image);
      expect(told.filter((line) => line.startsWith('pulling'))).toHaveLength(2);
    } finally {
      await docker.getImage(image.id).remove({ force: true });
    }
  });

  test('that was imported has no digest, and is pinned by its id', async () => {
    const wish = { name: engine?.image ?? '', pull: 'never', progress: () => undefined } as const;
    const image = await pinImage(docker, wish);
    expect(image.pin).toBe(image.id);
    expect(image.id).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});
