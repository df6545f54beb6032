import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleClaim } from '../testing/samples.ts';
import { adopt } from './adoption.ts';
import { logBatches } from './log-batches.ts';
import { missingFrom, normalName, readRequirements } from './requirements.ts';

const me = { runner: 'me', process: 'p2' };

describe('a job folder found at the start', () => {
  const claim = sampleClaim({ runner: 'me', attempt: 2 });

  test('whose program still runs goes on under this process', () => {
    expect(adopt('running', 2, claim, me)).toMatchObject({
      kind: 'go-on',
      claim: { process: 'p2' },
      from: { phase: 'running' },
    });
  });

  test('of an attempt that was claimed but never started is prepared', () => {
    const from = { phase: 'fetching', attempt: 2 };
    expect(adopt('untouched', 2, claim, me)).toMatchObject({ kind: 'go-on', from });
    expect(adopt('ended', 1, claim, me)).toMatchObject({ kind: 'go-on', from });
  });

  test('that another runner has taken over is dropped', () => {
    expect(adopt('running', 2, sampleClaim({ runner: 'other', attempt: 3 }), me).kind).toBe('drop');
    expect(adopt('running', 2, sampleClaim({ runner: 'me', attempt: 2, state: 'closed' }), me).kind).toBe(
      'drop',
    );
    expect(adopt('running', 2, null, me).kind).toBe('drop');
  });
});

describe('lines of output', () => {
  const lines = (count: number, from = 0) =>
    Array.from({ length: count }, (_, n) => ({ number: from + n, text: `line ${from + n}` }));

  test('keep their numbers through batches, gaps and omissions', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.nat({ max: 50 }),
        fc.integer({ min: 3, max: 3000 }),
        (count, gap, allowance) => {
          const said = [...lines(count), ...lines(3, count + gap)];
          const batches = logBatches(said, allowance);
          const sent = batches.flatMap(({ first, lines: texts }) =>
            texts.map((text, n) => ({ number: first + n, text })),
          );
          expect(sent.length).toBeLessThanOrEqual(allowance);
          expect(sent.at(-1)).toEqual(said.at(-1));
          for (const line of sent) {
            if (!line.text.includes('not sent')) expect(line.text).toBe(`line ${line.number}`);
          }
          for (const batch of batches) expect(batch.lines.length).toBeLessThanOrEqual(1000);
        },
      ),
    );
  });

  test('say how many were left out', () => {
    const texts = logBatches(lines(100), 10).flatMap((batch) => batch.lines);
    expect(texts).toContain('[91 lines not sent: too many a second]');
  });
});

describe('requirements', () => {
  test('exact versions are read, with extras, markers, hashes and comments', () => {
    const hash = `--hash=sha256:${'0'.repeat(64)}`;
    const text = `# frozen\nScikit_Learn==1.5.2  # why\nnumpy==2.1.0 \\\n  ${hash} \\\n  ${hash}\ncolorama==0.4 ; sys_platform == "win32"\n`;
    expect(readRequirements(text)).toMatchObject({
      kind: 'pinned',
      pins: [
        { name: 'scikit-learn', version: '1.5.2' },
        { name: 'numpy', version: '2.1.0' },
        { name: 'colorama', version: '0.4' },
      ],
    });
  });

  test.each([
    'numpy',
    'numpy>=1',
    '--index-url http://evil/simple',
    '-r other.txt',
    '-e .',
    'git+https://evil/x.git',
    './local.whl',
    'numpy==1.0 --install-option=x',
    'numpy @ file:///etc/passwd',
    'numpy==1.0; python_version > "3" --index-url http://evil',
    'numpy==1.0; $(touch /tmp/x) \\ -r x',
  ])('refuse %s', (line) => {
    expect(readRequirements(`numpy==2.0\n${line}`)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('line 2'),
    });
  });

  // Of these the installer makes lines, as Python's `splitlines` does.
  test.each(['\r', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029'])(
    'an option behind %j, which ends a line for the installer alone, is refused',
    (end) => {
      const text = `numpy==2.0 ; python_version > "3"${end}x${end}--no-binary :all:`;
      expect(readRequirements(text)).toMatchObject({ kind: 'refused' });
      expect(readRequirements(`numpy${end}==2.0`)).toMatchObject({ kind: 'refused' });
    },
  );

  test('names are compared in their normal form', () => {
    expect(normalName('Ruamel.YAML__x')).toBe('ruamel-yaml-x');
    const installed = new Map([['numpy', '2.1.0']]);
    expect(
      missingFrom(installed, [
        { name: 'numpy', version: '2.1.0' },
        { name: 'scipy', version: '1' },
      ]),
    ).toHaveLength(1);
  });
});
