import type { AssetSource } from '@modelwright/contracts';
import { describe, expect, test } from 'vitest';
import { manifestText } from './asset-manifest.ts';
import { matches, sourceName, whyNotAllowed } from './asset-rules.ts';
import { MOST_FILES, readListing } from './hub-listing.ts';
import { assetVariables, placements } from './placements.ts';

const hub = (repository: string): AssetSource => ({ kind: 'hub', repository, revision: 'main', files: [] });
const url = (text: string): AssetSource => ({ kind: 'url', url: text, sha256: 'a'.repeat(64) });

describe('the list of assets that a host may fetch', () => {
  const rules = { mode: 'allow', allow: ['hub:timm/*', 'url:https://files.example/*', 'site:*'] } as const;

  test.each([
    [hub('timm/resnet'), true],
    [hub('timm-evil/resnet'), false],
    [url('https://files.example/a/b.pth'), true],
    [url('https://files.example.evil/a.pth'), false],
    [url('https://files.example@evil/a.pth'), false],
    [url('http://files.example/a.pth'), false],
    [url('https://evil/https://files.example/a'), false],
    [{ kind: 'site', path: 'any/thing' } as const, true],
  ])('%o', (source, allowed) => {
    expect(whyNotAllowed(source, rules) === null).toBe(allowed);
  });

  test('may name a revision', () => {
    expect(whyNotAllowed(hub('a/b'), { mode: 'allow', allow: ['hub:a/b@main'] })).toBeNull();
    expect(whyNotAllowed(hub('a/b'), { mode: 'allow', allow: ['hub:a/b@v2'] })).toContain('hub:a/b@main');
  });

  test('is empty unless somebody fills it', () => {
    expect(whyNotAllowed(hub('a/b'), { mode: 'allow', allow: [] })).toContain('it is empty');
  });

  test('is looked at with the URL as it will be fetched', () => {
    expect(sourceName(url('https://files.example/../x'))).toBe('url:https://files.example/x');
  });
});

test('patterns take every character but their own for what it is', () => {
  expect(matches('a.b', 'axb')).toBe(false);
  expect(matches('*.json', 'deep/down/config.json')).toBe(true);
  expect(matches('model-?.bin', 'model-1.bin')).toBe(true);
  expect(matches('(a|b)', 'a')).toBe(false);
  // By a regular expression this would take longer than anybody lives.
  expect(matches(`${'*a'.repeat(140)}!`, 'a'.repeat(1000))).toBe(false);
});

describe('what a hub answers', () => {
  const COMMIT = 'c'.repeat(40);
  const GIT = 'd'.repeat(40);
  const answer = {
    sha: COMMIT,
    cardData: { license: 'other', license_name: 'house-licence' },
    siblings: [
      {
        rfilename: 'model.bin',
        size: 5,
        blobId: GIT,
        lfs: { sha256: 'e'.repeat(64), size: 5, pointerSize: 3 },
      },
      { rfilename: 'config.json', size: 3, blobId: GIT },
    ],
  };

  test('becomes the files of a commit', () => {
    expect(readListing(answer, [])).toMatchObject({
      pin: {
        commit: COMMIT,
        licence: 'house-licence',
        files: [
          { path: 'config.json', sha256: null, gitHash: GIT },
          { path: 'model.bin', bytes: 5, sha256: 'e'.repeat(64) },
        ],
      },
    });
  });

  test('is refused where a wanted file is missing, with its name', () => {
    expect(readListing(answer, ['*.json', '*.safetensors'])).toMatchObject({
      reason: `it has no *.safetensors at ${COMMIT}`,
    });
  });

  test.each(['../../etc/passwd', '/etc/passwd', 'a/../../b'])('cannot lead out of its folder: %s', (path) => {
    const said = { ...answer, siblings: [{ rfilename: path, size: 1, blobId: GIT }] };
    expect(readListing(said, []).kind).toBe('refused');
  });

  test('has no path that is a file and a folder', () => {
    const siblings = ['a/b/c', 'a'].map((rfilename) => ({ rfilename, size: 1, blobId: GIT }));
    expect(readListing({ ...answer, siblings }, [])).toMatchObject({
      reason: 'it lists a as a file and as a folder',
    });
  });

  test('has a bound of files, of which those that are not asked for do not count', () => {
    const siblings = Array.from({ length: MOST_FILES + 1 }, (_, n) => ({
      ...{ rfilename: `part-${n}`, size: 1, blobId: GIT },
    }));
    expect(readListing({ ...answer, siblings }, [])).toMatchObject({
      reason: `it has ${MOST_FILES + 1} files; an asset has at most ${MOST_FILES}: name those that are needed`,
    });
    expect(readListing({ ...answer, siblings }, ['part-1*']).kind).toBe('listed');
    expect(readListing({ ...answer, siblings: siblings.slice(1) }, []).kind).toBe('listed');
  });

  test('may know no licence, or several', () => {
    const licence = (cardData: unknown) => {
      const read = readListing({ ...answer, cardData }, []);
      return read.kind === 'listed' ? read.pin.licence : read.reason;
    };
    expect([licence(undefined), licence({ license: ['mit', 'gpl'] }), licence('odd')]).toEqual([
      null,
      'mit, gpl',
      null,
    ]);
  });
});

test('a manifest does not depend on the order of its files', () => {
  const files = [
    { path: 'b', bytes: 1, sha256: '2' },
    { path: 'a', bytes: 1, sha256: '1' },
  ];
  expect(manifestText(files)).toBe('1  a\n2  b\n');
});

test('a URL lies where torch.hub looks, a site’s file under its name alone', () => {
  const files = [{ path: 'w.pth', bytes: 1, sha256: '1' }];
  const to = (source: Parameters<typeof placements>[0]['source']) =>
    placements({ name: 'n', source }, files, null).map((one) => one.to);
  expect(to(url('https://a/w.pth'))).toEqual(['n/w.pth', '.torch/hub/checkpoints/w.pth']);
  expect(to({ kind: 'site', path: 'w.pth' })).toEqual(['n/w.pth']);
});

test('libraries know that there is no network, also without assets', () => {
  expect(assetVariables(null)).toMatchObject({ HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1' });
  expect(assetVariables('@{assets}')).toMatchObject({
    HF_HOME: '@{assets}/.hub',
    TORCH_HOME: '@{assets}/.torch',
  });
});
