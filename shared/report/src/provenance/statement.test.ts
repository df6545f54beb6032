import { describe, expect, it } from 'vitest';
import { sampleInput } from '../testing/sample-run.ts';
import { comparedWithStatement } from './compared.ts';
import { provenanceStatement, statement } from './statement.ts';

const file = (path: string, letter: string) => ({ path, sha256: letter.repeat(64), size: 1 });
const FILES = [file('inference.py', '1'), file('model/a', '2'), file('model/b', '3')];

describe('the statement of provenance', () => {
  it('is an in-toto statement with the predicate of SLSA, over the digest of every file', () => {
    const stated = provenanceStatement(sampleInput(), FILES);
    expect(statement.parse(JSON.parse(JSON.stringify(stated)))).toEqual(stated);
    expect(stated.subject).toContainEqual({ name: 'model/a', digest: { sha256: '2'.repeat(64) } });
    expect(stated.predicate.runDetails.metadata).toEqual({
      invocationId: 'wine-k3f9x2-07',
      startedOn: '2026-01-01T12:00:00.000Z',
      finishedOn: '2026-01-01T12:30:00.000Z',
    });
  });

  it('names what went into the model: data, code by commit, environment, weights', () => {
    const { resolvedDependencies } = provenanceStatement(sampleInput(), FILES).predicate.buildDefinition;
    const names = resolvedDependencies?.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'source',
        'dataset train',
        'truth',
        'code of the candidate',
        'environment',
        'asset weights',
      ]),
    );
  });

  it('tells what was changed, what is gone and what was added since', () => {
    const stated = provenanceStatement(sampleInput(), FILES);
    const now = [file('inference.py', '1'), file('model/a', '9'), file('numpy.py', '4')];
    expect(comparedWithStatement(stated, now)).toEqual({
      same: ['inference.py'],
      changed: ['model/a'],
      missing: ['model/b'],
      unknown: ['numpy.py'],
    });
  });
});
