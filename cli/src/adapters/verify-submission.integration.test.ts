/** The real harness on submissions that somebody changed after they were delivered. */
import { createHash } from 'node:crypto';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { submissionLines } from '../core/verification-text.ts';
import { machine } from './toolchain.ts';
import { verifySubmission } from './verify-submission.ts';

const AS_STATED = { changed: [], missing: [] };
const SUBMISSION = 'id,y\nt0,0.25\nt1,0.75\n';

async function delivered() {
  const folder = await temporaryFolder();
  const write = (name: string, text: string) => writeFile(join(folder.path, name), text);
  await mkdir(join(folder.path, 'model'));
  await write('submission.csv', SUBMISSION);
  const form = { columns: ['id', 'y'], id: 'id', form: 'positive', class_of_column: {}, delimiter: ',' };
  const ids = { rows: 2, ids_sha256: createHash('sha256').update('t0\nt1').digest('hex') };
  await write('submission.json', JSON.stringify({ version: 1, ...form, ...ids }));
  await write('decision.json', JSON.stringify({ kind: 'probabilities', parameters: {} }));
  await write('model/task.json', JSON.stringify({ kind: 'classification', classes: ['no', 'yes'] }));
  return folder;
}

describe('a delivered submission', () => {
  it('has the form that was delivered with it', async () => {
    await using folder = await delivered();
    const verdict = await verifySubmission(folder.path, AS_STATED, machine.findPython());
    expect(verdict).toEqual({ kind: 'valid', rows: 2 });
    expect(submissionLines(verdict)).toEqual(['submission.csv has the form that was asked for: 2 rows.']);
  });

  it.each([
    ['lacks an id', 'id,y\nt0,0.25\n', 'asked for are 2'],
    ['has another id', 'id,y\nt0,0.25\nt9,0.75\n', 'others than those asked for'],
    ['has a column too much', 'id,y,z\nt0,0.25,1\nt1,0.75,1\n', '`z` too much'],
    ['holds NaN', 'id,y\nt0,nan\nt1,0.75\n', '`nan` is no number'],
    ['is no table', '\u0000', 'NUL'],
  ])('cannot be handed in where it %s', async (_, text, said) => {
    await using folder = await delivered();
    await writeFile(join(folder.path, 'submission.csv'), text);
    const verdict = await verifySubmission(folder.path, AS_STATED, machine.findPython());
    expect(verdict?.kind).toBe('invalid');
    expect(submissionLines(verdict).join(' ')).toContain(said);
  });

  it('is not judged by a form that was changed, nor without a Python, and says so', async () => {
    await using folder = await delivered();
    const changed = { changed: ['submission.json'], missing: [] };
    const unchecked = await verifySubmission(folder.path, changed, machine.findPython());
    expect(submissionLines(unchecked).join(' ')).toContain('submission.json is not as delivered');
    expect((await verifySubmission(folder.path, AS_STATED, null))?.kind).toBe('unchecked');
    await writeFile(join(folder.path, 'submission.json'), '{"columns": 3}');
    expect((await verifySubmission(folder.path, AS_STATED, machine.findPython()))?.kind).toBe('unchecked');
  });

  it('is not looked for where there was nothing to predict, nor behind a link', async () => {
    await using folder = await delivered();
    await rm(join(folder.path, 'submission.csv'));
    await symlink('/etc/passwd', join(folder.path, 'submission.csv'));
    expect(await verifySubmission(folder.path, AS_STATED, machine.findPython())).toBeNull();
    const missing = { changed: [], missing: ['submission.csv'] };
    expect((await verifySubmission(folder.path, missing, null))?.kind).toBe('invalid');
  });
});
