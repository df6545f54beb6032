import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleInput } from '../testing/sample-run.ts';
import { mlBom } from './ml-bom.ts';

const FILES = [{ path: 'model/model.joblib', sha256: '7'.repeat(64), size: 12 }];
/** The official schema of CycloneDX 1.6 as its own library carries it, in its strict form. */
const official = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

describe('the bill of materials', () => {
  it('keeps to the official schema', async () => {
    expect(await official.validate(JSON.stringify(mlBom(sampleInput(), FILES)))).toBeNull();
  });

  it('would be found out where it did not', async () => {
    const bom = { ...mlBom(sampleInput(), FILES), components: [{ type: 'spaceship', name: 'x' }] };
    expect(await official.validate(JSON.stringify(bom))).not.toBeNull();
  });

  it('keeps to it whatever the run says, and however far it came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.nat(30), async (text, count) => {
        const input = sampleInput({ text });
        const bom = mlBom({ ...input, log: input.log.slice(0, count + 1) }, FILES);
        expect(await official.validate(JSON.stringify(bom))).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it('names data, pretrained weights, packages and files, each once', () => {
    const { components } = mlBom(sampleInput(), FILES);
    const refs = components.map((one) => one['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs).toEqual(
      expect.arrayContaining(['dataset:train', 'pkg:pypi/scikit-learn@1.9.1', 'file:model/model.joblib']),
    );
    expect(components.find(({ name }) => name === 'weights')?.licenses).toHaveLength(1);
  });

  it('has the same number when it is written again', () => {
    expect(mlBom(sampleInput(), FILES).serialNumber).toBe(mlBom(sampleInput(), FILES).serialNumber);
  });
});
