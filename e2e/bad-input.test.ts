/**
 * Bad input, through the command line as a user types it: exit code 2, the place of the fault, what to do about it, and
 * nothing started: where there is no server there is no run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../cli/bin/modelwright.js', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));

let scratch: TemporaryFolder;
let home: string;

beforeAll(async () => {
  scratch = await temporaryFolder('modelwright-bad-input-');
  home = join(scratch.path, 'home');
});

afterAll(() => scratch[Symbol.asyncDispose]());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function modelwright(
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
  before: readonly string[] = [],
): Promise<Ended> {
  const [command = '', ...rest] = [...before, process.execPath, BIN, ...words];
  const child = spawn(command, rest, {
    cwd: scratch.path,
    env: { ...process.env, MODELWRIGHT_HOME: home, NATS_URL: '', ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    output.stdout += data;
  });
  child.stderr.on('data', (data) => {
    output.stderr += data;
  });
  const [code] = await once(child, 'close');
  return { code, ...output };
}

function nothingWasStarted() {
  return !existsSync(join(home, 'processes.json'));
}

/** A copy of an example, for a test to break. */
class Copy {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  path(name: string) {
    return join(this.folder, name);
  }

  async edit(name: string, change: (text: string) => string) {
    const before = await readFile(this.path(name), 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`nothing to break in ${name}`);
    await writeFile(this.path(name), after);
  }

  /** Changes lines; the first is 1. */
  lines(name: string, change: (line: string, number: number) => string | null) {
    return this.edit(name, (text) =>
      text
        .split('\n')
        .map((line, index) => (line === '' ? line : change(line, index + 1)))
        .filter((line) => line !== null)
        .join('\n'),
    );
  }

  task(from: string | RegExp, to: string) {
    return this.edit('task.yaml', (text) => text.replace(from, to));
  }
}

const copies = new Map<string, number>();

async function copyOf(example: string): Promise<Copy> {
  const n = (copies.get(example) ?? 0) + 1;
  copies.set(example, n);
  const folder = join(scratch.path, `${example}-${n}`);
  await cp(join(EXAMPLES, example), folder, { recursive: true });
  return new Copy(folder);
}

interface Case {
  readonly what: string;
  readonly example?: 'digits' | 'breast-cancer' | 'diabetes';
  break(copy: Copy): Promise<unknown>;
  /** All of it must be said: file with line, what is wrong, what to do. */
  readonly says: readonly (string | RegExp)[];
}

const CASES: readonly Case[] = [
  {
    what: 'task.yaml that is not YAML',
    break: (copy) => copy.task('  layout: table', '\tlayout: table'),
    says: [/task\.yaml:\d+:\d+: not readable as YAML/, 'Indent with spaces'],
  },
  {
    what: 'task.yaml in another encoding',
    break: (copy) =>
      writeFile(copy.path('task.yaml'), Buffer.from('version: 1\nname: caf\u00e9\n', 'latin1')),
    says: ['task.yaml:2:10: not UTF-8', 'UTF-8'],
  },
  {
    what: 'an unknown key',
    break: (copy) => copy.task(/^metric:/m, 'metrc:'),
    says: [/task\.yaml:\d+:1: unknown key "metrc"/, 'Did you mean "metric"?'],
  },
  {
    what: 'an unknown key below another',
    break: (copy) => copy.task('  target:', '  taget:'),
    says: [/task\.yaml:\d+:3: unknown key "taget" under "data"/, 'Did you mean "target"?'],
  },
  {
    what: 'a missing data file',
    break: (copy) => copy.task('train: train.csv', 'train: trian.csv'),
    says: [/task\.yaml:\d+:3: trian\.csv: no such file/, 'mend the name'],
  },
  {
    what: 'an empty data file',
    break: (copy) => truncate(copy.path('train.csv')),
    says: ['train.csv', /empty/i],
  },
  {
    what: 'a data file with a header alone',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 1 ? line : null)),
    says: ['train.csv:1', 'no rows', 'Add the data'],
  },
  {
    what: 'a data file that is an archive',
    break: async (copy) =>
      writeFile(copy.path('train.csv'), gzipSync(await readFile(copy.path('train.csv')))),
    says: ['train.csv', 'gzip', 'gunzip train.csv'],
  },
  {
    what: 'a row with a field too few',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 7 ? line.replace(/,[^,]*$/, '') : line)),
    says: [/train\.csv:7/, /fields/],
  },
  {
    what: 'pixels that do not make the image',
    example: 'digits',
    break: (copy) => copy.task('height: 8', 'height: 9'),
    says: ['task.yaml', /72/, /64/],
  },
  {
    what: 'a pixel that is no number',
    example: 'digits',
    break: (copy) =>
      copy.lines('train.csv', (line, n) => (n === 5 ? line.replace(/^([^,]+),[^,]+/, '$1,dark') : line)),
    says: [/train\.csv:5/, 'dark'],
  },
  {
    what: 'a wrong delimiter',
    break: (copy) => copy.edit('train.csv', (text) => text.replaceAll(',', ';')),
    says: ['train.csv:1', /delimiter: ";"/],
  },
  {
    what: 'a broken encoding',
    break: async (copy) => {
      const bytes = await readFile(copy.path('train.csv'));
      const third = bytes.indexOf(10, bytes.indexOf(10) + 1) + 1;
      bytes[third] = 0xff;
      await writeFile(copy.path('train.csv'), bytes);
    },
    says: ['train.csv:3', /utf-8/i],
  },
  {
    what: 'a column given twice',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 1 ? line.replace('bmi', 'age') : line)),
    says: ['train.csv:1', 'age', /twice|duplicate|again/i],
  },
  {
    what: 'a target column that is not there',
    break: (copy) => copy.task('target: progression', 'target: progresion'),
    says: [/task\.yaml:\d+:3/, 'no column `progresion`', 'progression'],
  },
  {
    what: 'an id column that is not there',
    break: (copy) => copy.task('id: id', 'id: ident'),
    says: [/task\.yaml:\d+:3/, 'no column `ident`'],
  },
  {
    what: 'an id given twice',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 4 ? line.replace(/^[^,]*/, 'r0000') : line)),
    says: ['train.csv:4', 'repeats the id `r0000` of line 2', 'remove the repeats'],
  },
  {
    what: 'one class only',
    example: 'breast-cancer',
    break: (copy) => copy.edit('train.csv', (text) => text.replaceAll('malignant', 'benign')),
    says: ['train.csv', 'one class', 'benign', 'Add rows of another class'],
  },
  {
    what: 'fewer rows than the split needs',
    break: (copy) => copy.lines('train.csv', (line, n) => (n <= 12 ? line : null)),
    says: ['train.csv', /11/, /20/],
  },
  {
    what: 'an unknown metric',
    break: (copy) => copy.task('metric: rmse', 'metric: rsme'),
    says: [/task\.yaml:\d+:1: metric: "rsme" is not known/, 'Did you mean rmse?'],
  },
  {
    what: 'a metric of regression where the target is a class',
    example: 'breast-cancer',
    break: (copy) => copy.task('metric: log_loss', 'metric: rmse'),
    says: [/train\.csv:2/, 'accuracy'],
  },
  {
    what: 'a metric of classification where the target is measured',
    break: (copy) => copy.task('metric: rmse', 'metric: accuracy'),
    says: [/task\.yaml:\d+:1/, 'rmse'],
  },
  {
    what: 'a path that leaves the folder',
    break: (copy) => copy.task('train: train.csv', 'train: ../diabetes/train.csv'),
    says: [/task\.yaml:\d+:3/, 'stays inside its folder'],
  },
  {
    what: 'an absolute path',
    break: (copy) => copy.task('train: train.csv', 'train: /etc/passwd'),
    says: [/task\.yaml:\d+:3/, 'stays inside its folder'],
  },
  {
    what: 'a link that leaves the folder',
    break: async (copy) => {
      await symlink(join(EXAMPLES, 'diabetes', 'train.csv'), copy.path('linked.csv'));
      await copy.task('train: train.csv', 'train: linked.csv');
    },
    says: [/task\.yaml:\d+:3: linked\.csv is a link/, 'cp --remove-destination'],
  },
  {
    what: 'a sample submission with an id the test rows lack',
    example: 'breast-cancer',
    break: (copy) =>
      copy.lines('sample_submission.csv', (line, n) => (n === 3 ? line.replace(/^[^,]*/, 'stranger') : line)),
    says: ['sample_submission.csv:3', 'stranger', 'belongs to this test file'],
  },
  {
    what: 'a sample submission with other columns',
    example: 'breast-cancer',
    break: (copy) => copy.lines('sample_submission.csv', (line, n) => (n === 1 ? 'id,red,blue' : line)),
    says: ['sample_submission.csv:1', 'red'],
  },
];

describe.concurrent('bad input', () => {
  it.for(CASES)('is refused: $what', async ({ example = 'diabetes', break: damage, says }) => {
    const copy = await copyOf(example);
    await damage(copy);
    const { code, stdout, stderr } = await modelwright(['run', copy.folder]);
    for (const part of says) expect(stderr).toMatch(part);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(nothingWasStarted()).toBe(true);
  });

  it.for([
    { what: 'a folder that is not there', folder: 'nowhere', says: 'nowhere: no such folder' },
    { what: 'a file in place of a folder', folder: 'file.txt', says: 'file.txt: not a folder' },
    { what: 'a folder without task.yaml', folder: 'empty', says: 'empty: no task.yaml' },
  ])('is refused: $what', async ({ folder, says }) => {
    await writeFile(join(scratch.path, 'file.txt'), '');
    await mkdir(join(scratch.path, 'empty'), { recursive: true });
    const { code, stderr } = await modelwright(['run', folder]);
    expect(stderr).toContain(`error: ${says}`);
    expect(code).toBe(2);
    expect(nothingWasStarted()).toBe(true);
  });

  it('is told whole: every fault of the data in one go', async () => {
    const copy = await copyOf('diabetes');
    await copy.lines('train.csv', (line, n) => (n === 4 || n === 9 ? line.replace(/^[^,]*/, 'r0000') : line));
    const { stderr } = await modelwright(['check', copy.folder]);
    expect(stderr).toMatch(/train\.csv:4/);
    expect(stderr).toMatch(/train\.csv:9/);
  });
});

describe('rows without a label', () => {
  it('are kept apart with a warning', async () => {
    const copy = await copyOf('diabetes');
    await copy.lines('train.csv', (line, n) => (n === 6 ? line.replace(/,[^,]*$/, ',') : line));
    const { code, stderr } = await modelwright(['check', copy.folder]);
    expect(stderr).toMatch(/warning: train\.csv:6: 1 of 442 rows/);
    expect(stderr).toContain('kept apart');
    expect(code).toBe(0);
  });
});

describe('a machine that cannot', () => {
  it('give the port is refused with the remedy', async () => {
    const taken = await listening();
    const { code, stderr } = await modelwright(['up', '--port', String(portOf(taken))]);
    taken.close();
    expect(stderr).toContain(`error: port ${portOf(taken)} is in use\n  Leave --port away`);
    expect(code).toBe(2);
    expect(nothingWasStarted()).toBe(true);
  });

  it('offer a nats-server new enough is refused with the remedy', async () => {
    const bin = join(scratch.path, 'old-bin');
    await mkdir(bin);
    await writeFile(join(bin, 'nats-server'), '#!/bin/sh\necho "nats-server: v2.8.4"\n');
    await chmod(join(bin, 'nats-server'), 0o755);
    const { code, stderr } = await modelwright(['up'], {
      PATH: bin,
      MODELWRIGHT_CACHE: join(scratch.path, 'no-cache'),
    });
    expect(stderr).toContain('nats-server 2.8.4 is too old');
    expect(stderr).toContain('npm run setup');
    expect(code).toBe(2);
    expect(nothingWasStarted()).toBe(true);
  });

  it('reach a nats-server new enough is refused with the remedy', async () => {
    const old = await listening((socket) => {
      socket.write(
        'INFO {"server_id":"OLD","version":"2.8.4","proto":1,"headers":true,"max_payload":1048576,"jetstream":true}\r\n',
      );
      socket.on('data', (data) => {
        if (data.includes('PING')) socket.write('PONG\r\n');
      });
    });
    const { code, stderr } = await modelwright(['run', join(EXAMPLES, 'diabetes')], {
      NATS_URL: `nats://127.0.0.1:${portOf(old)}`,
    });
    old.close();
    expect(stderr).toMatch(/error: .*2\.8\.4.*2\.9\.10 or newer/);
    expect(stderr).toContain('Run a newer nats-server');
    expect(code).toBe(2);
  });

  it('offer Python is refused with the remedy', async () => {
    const { code, stderr } = await modelwright(['run', join(EXAMPLES, 'diabetes')], {
      MODELWRIGHT_CACHE: join(scratch.path, 'no-cache'),
    });
    expect(stderr).toContain('no Python environment');
    expect(stderr).toContain('npm run setup');
    expect(code).toBe(2);
    expect(nothingWasStarted()).toBe(true);
  });

  const tiny = 'mount -t tmpfs -o size=8m tmpfs "$MODELWRIGHT_HOME" && exec "$@"';
  const mountable = spawnSync('unshare', ['-m', 'true']).status === 0;

  it.skipIf(!mountable)(
    'give room on the disk is refused with the remedy (needs a mount name space)',
    async () => {
      const full = join(scratch.path, 'full');
      await mkdir(full);
      const inTinyDisk = ['unshare', '-m', 'sh', '-c', tiny, 'sh'];
      const { code, stderr } = await modelwright(
        ['run', join(EXAMPLES, 'diabetes')],
        { MODELWRIGHT_HOME: full },
        inTinyDisk,
      );
      expect(stderr).toMatch(/error: .*the disk is full: .* free, .* needed/);
      expect(stderr).toContain('Make room');
      expect(code).toBe(2);
    },
  );
});

async function listening(greet: Parameters<typeof createServer>[1] = () => undefined): Promise<Server> {
  const server = createServer(greet);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
