import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provenanceStatement } from '@modelwright/report';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { isUnchanged } from '../core/verification.ts';
import { verificationLines } from '../core/verification-text.ts';
import { digestOf } from './file-digests.ts';
import { verifyResults } from './verify-results.ts';

const INPUT = {
  run: 'digits-k3f9x2-07',
  modelwright: '0.1.0',
  log: [],
  outcomes: [],
  curves: [],
  used: { agents: [], web: [] },
};

/** A delivery of two files with its statement. */
async function delivered() {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, 'model'));
  await writeFile(join(folder.path, 'model', 'weights'), 'w');
  await writeFile(join(folder.path, 'inference.py'), 'print()');
  const digests = await Promise.all(
    ['model/weights', 'inference.py'].map((path) => digestOf(folder.path, path)),
  );
  const stated = provenanceStatement(
    INPUT,
    digests.flatMap((digest) => (digest === null ? [] : [digest])),
  );
  await writeFile(join(folder.path, 'provenance.json'), JSON.stringify(stated));
  return folder;
}

describe('a folder of results beside its statement', () => {
  it('is as delivered where nothing was touched, whatever lies in candidates/', async () => {
    await using folder = await delivered();
    await mkdir(join(folder.path, 'candidates'));
    await writeFile(join(folder.path, 'candidates', 'x'), 'x');
    const found = await verifyResults(folder.path, null);
    expect(found).toMatchObject({ run: 'digits-k3f9x2-07', changed: [], missing: [], unknown: [] });
    expect(isUnchanged(found)).toBe(true);
  });

  it('is not where a file was changed, is gone, or is a link to somewhere else', async () => {
    await using folder = await delivered();
    await writeFile(join(folder.path, 'inference.py'), 'print(1)');
    expect(await verifyResults(folder.path, null)).toMatchObject({ changed: ['inference.py'] });
    await rm(join(folder.path, 'inference.py'));
    expect(await verifyResults(folder.path, null)).toMatchObject({ missing: ['inference.py'] });
    await writeFile(join(folder.path, 'elsewhere'), 'print()');
    await symlink(join(folder.path, 'elsewhere'), join(folder.path, 'inference.py'));
    const linked = await verifyResults(folder.path, null);
    expect(linked).toMatchObject({ missing: ['inference.py'], unknown: ['elsewhere'] });
    expect(isUnchanged(linked)).toBe(false);
  });

  it('reads nothing outside the folder, whatever its statement names', async () => {
    await using folder = await delivered();
    const file = join(folder.path, 'provenance.json');
    const stated = JSON.parse(await readFile(file, 'utf8'));
    stated.subject.push({ name: '../../../etc/passwd', digest: { sha256: 'a'.repeat(64) } });
    await writeFile(file, JSON.stringify(stated));
    expect(await verifyResults(folder.path, null)).toMatchObject({
      missing: ['../../../etc/passwd'],
      changed: [],
    });
  });

  it.each(['', '{"_type": "https://in-toto.io/Statement/v1"}'])(
    'is refused in words where its statement is none: %j',
    async (text) => {
      await using folder = await delivered();
      await writeFile(join(folder.path, 'provenance.json'), text);
      await expect(verifyResults(folder.path, null)).rejects.toThrow('not a statement of provenance');
    },
  );

  it('tells of an environment of a thousand files in one line', () => {
    const unknown = Array.from({ length: 1000 }, (_, index) => `venv/${index}`);
    const lines = verificationLines({ same: ['a'], changed: [], missing: [], unknown });
    expect(lines).toContain('  venv/ (1000 files)');
    expect(lines).toHaveLength(3);
  });
});
