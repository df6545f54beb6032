import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { installerFailure } from './installer-failure.ts';
import { lockedRequirements, readReport } from './lock.ts';
import { filesNamedIn, installerVariables, namedFiles, settingsWithCredentials } from './site-settings.ts';
import { specificationText } from './specification.ts';

const SHA = 'a'.repeat(64);
const item = (
  name: string,
  version: string,
  url: string,
  hashes: Record<string, string> = { sha256: SHA },
) => ({
  metadata: { name, version },
  download_info: { url, archive_info: { hashes } },
});

describe('a report of the installer', () => {
  test('becomes a lock, ordered by normal names', () => {
    const install = [
      item('Zoo', '2.0', 'https://index/zoo-2.0-py3-none-any.whl'),
      item('Py_Torch', '2.1.0+cpu', 'https://index/py_torch-2.1.0%2Bcpu-cp311.whl#sha256=x'),
    ];
    const read = readReport({ install }, 'wheels');
    if (read.kind === 'refused') throw new Error(read.reason);
    expect(read.packages.map(({ name, file }) => [name, file])).toEqual([
      ['py-torch', 'py_torch-2.1.0+cpu-cp311.whl'],
      ['zoo', 'zoo-2.0-py3-none-any.whl'],
    ]);
    expect(lockedRequirements(read.packages)).toBe(
      `py-torch==2.1.0+cpu --hash=sha256:${SHA}\nzoo==2.0 --hash=sha256:${SHA}\n`,
    );
  });

  test.each([
    [item('a', '1', 'https://index/a-1.tar.gz'), 'is no wheel'],
    [item('a', '1', 'https://index/a-1.whl', { md5: 'x' }), 'no sha256 of a 1'],
    [item('a\n--index-url=x', '1', 'https://index/a-1.whl'), 'is no package'],
    [{ metadata: {} }, 'cannot be read'],
  ])('is refused where it cannot be locked: %#', (one, why) => {
    expect(readReport({ install: [one] }, 'wheels')).toMatchObject({ reason: expect.stringContaining(why) });
  });

  test('of an older installer tells its hash in one word', () => {
    const info = (hash: string) => ({
      install: [
        { metadata: { name: 'a', version: '1' }, download_info: { url: 'a.whl', archive_info: { hash } } },
      ],
    });
    expect(readReport(info(`sha256=${SHA}`), 'wheels')).toMatchObject({ packages: [{ sha256: SHA }] });
    expect(readReport(info(`md5=${SHA}`), 'wheels').kind).toBe('refused');
  });

  test('may tell of sources where those are allowed', () => {
    expect(readReport({ install: [item('a', '1', 'https://index/a-1.tar.gz')] }, 'any').kind).toBe('locked');
  });
});

describe('what an installer says when it fails', () => {
  test('a file with another hash is told from all else', () => {
    const said = `ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you
    tiny==1.2 from https://index/tiny-1.2.whl (from -r l.txt (line 1)):
        Expected sha256 ${'b'.repeat(64)}
             Got        ${'c'.repeat(64)}
`;
    expect(installerFailure(said, '')).toEqual({
      passing: false,
      tampered: true,
      reason: `tiny==1.2 from https://index/tiny-1.2.whl is another file than the one that was agreed on: its sha256 is ${'c'.repeat(64)}, not ${'b'.repeat(64)}`,
    });
  });

  test('the newest of the versions that there are are shown', () => {
    const versions = Array.from({ length: 20 }, (_, n) => `1.${n}`).join(', ');
    const said = `ERROR: Could not find a version that satisfies the requirement x==9 (from versions: ${versions})\nERROR: No matching distribution found for x==9`;
    const { reason, passing } = installerFailure(said, '');
    expect(reason).toContain('(there are versions … 1.12, 1.13, 1.14, 1.15, 1.16, 1.17, 1.18, 1.19)');
    expect(passing).toBe(false);
  });

  test('an index that does not answer may answer later', () => {
    const said =
      "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError': /simple/x/\nERROR: Could not find a version that satisfies the requirement x==1 (from versions: none)";
    const { reason, passing } = installerFailure(said, '');
    expect(reason).toBe(
      'the package index does not answer: Could not find a version that satisfies the requirement x==1',
    );
    expect(passing).toBe(true);
  });

  test('a certificate that nobody trusts here does not become trusted by waiting', () => {
    const said =
      "WARNING: Retrying after connection broken by 'SSLError(CERTIFICATE_VERIFY_FAILED)'\nERROR: none";
    expect(installerFailure(said, '')).toMatchObject({
      passing: false,
      reason: expect.stringContaining('certificate'),
    });
  });

  test('one that was stopped for its time and said nothing says that', () => {
    const failure = installerFailure('', 'the time limit of 15 min was reached');
    expect(failure).toEqual({
      reason: 'the time limit of 15 min was reached',
      passing: true,
      tampered: false,
    });
  });
});

describe('what a site says of its index', () => {
  const environment = {
    PATH: '/bin',
    HOME: '/root',
    AWS_SECRET_ACCESS_KEY: 'x',
    PIP_INDEX_URL: 'https://mirror/simple',
    PIP_TARGET: '/elsewhere',
    PIP_CERT: '/etc/site/ca.pem',
    PIP_FIND_LINKS: '/wheels/ file:///more%20wheels https://host/x',
    https_proxy: 'http://me:secret@proxy:3128',
  };

  test('reaches the installer as far as it says where packages come from', () => {
    expect(Object.keys(installerVariables(environment)).sort()).toEqual([
      'PIP_CERT',
      'PIP_FIND_LINKS',
      'PIP_INDEX_URL',
      'https_proxy',
    ]);
  });

  test('names files that the installer must be able to read', () => {
    expect(namedFiles(installerVariables(environment))).toEqual([
      '/etc/site/ca.pem',
      '/more wheels',
      '/wheels',
    ]);
  });

  test('may hold a password', () => {
    expect(settingsWithCredentials(installerVariables(environment))).toEqual(['https_proxy']);
  });
});

test('different specifications never have the same text', () => {
  const part = fc.string({ maxLength: 4 });
  const specification = fc.record({
    requirements: part,
    python: fc.record({ version: part, tag: part, platform: part }),
    packages: fc.constantFrom('wheels', 'any'),
  });
  fc.assert(
    fc.property(specification, specification, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(specificationText(one) === specificationText(other)).toBe(same);
    }),
  );
});

test('what a settings file of the installer names is known', () => {
  const text =
    '[global]\ncert = /etc/ssl/own-ca.pem\ntimeout = 60\nfind-links = /srv/wheels https://host/simple\n';
  expect(filesNamedIn(text)).toEqual(['/etc/ssl/own-ca.pem', '/srv/wheels']);
});
