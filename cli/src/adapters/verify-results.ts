/** A folder of results beside its own statement of provenance. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparedWithStatement, PROVENANCE_FILE, type Statement, statement } from '@modelwright/report';
import { badInput } from '../core/problem.ts';
import type { Verification } from '../core/verification.ts';
import { digestOf, pathsBelow } from './file-digests.ts';
import { verifySubmission } from './verify-submission.ts';

/** Copies of the candidates' repositories: each is checked by git itself. */
const NOT_STATED = new Set(['candidates', PROVENANCE_FILE]);

/** @param python For the harness, which knows forms; null where there is none. */
export async function verifyResults(folder: string, python: string | null): Promise<Verification> {
  const stated = await readStatement(join(folder, PROVENANCE_FILE));
  const names = new Set(stated.subject.map(({ name }) => name));
  const paths = await pathsBelow(folder, NOT_STATED);
  // Only what is stated is read: the rest may be an environment of any size.
  const digests = await Promise.all(
    paths.map(async (path) =>
      names.has(path) ? await digestOf(folder, path) : { path, sha256: '', size: 0 },
    ),
  );
  const there = digests.flatMap((digest) => (digest === null ? [] : [digest]));
  const run = stated.predicate.runDetails.metadata?.invocationId ?? null;
  const compared = comparedWithStatement(stated, there);
  return { run, ...compared, submission: await verifySubmission(folder, compared, python) };
}

async function readStatement(file: string): Promise<Statement> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw badInput(
      {
        message: 'there is no statement of provenance to verify by',
        remedy: 'Name a folder of results with a model in it; modelwright results <run> writes one.',
        file,
      },
      { cause: error },
    );
  });
  const read = statement.safeParse(parsed(text));
  if (read.success) return read.data;
  throw badInput({
    message: 'this is not a statement of provenance that Modelwright writes',
    remedy: 'Write the results again: modelwright results <run>',
    file,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
