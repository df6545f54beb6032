/** A coder's tools on a folder of this machine, with the kit's real check in a real Python. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DatasetTask } from '@modelwright/contracts';
import { z } from 'zod';
import type { Result, Toolbox } from './converse.ts';
import { datasetText } from './dataset-text.ts';

const TEMPLATE = fileURLToPath(new URL('../../../workspace/template', import.meta.url));
const CHECKER = fileURLToPath(new URL('../../python_tests/quick_check.py', import.meta.url));
const MOST_STDERR = 6000;

const checked = z.object({ status: z.number(), stderr: z.string() });

/** One Python process that checks any number of work trees. */
export class Workbench {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mw-test-'));
  readonly #python: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #trees = 0;

  constructor(python: string) {
    this.#python = spawn(python, [CHECKER], { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
    this.#answers = createInterface({ input: this.#python.stdout })[Symbol.asyncIterator]();
  }

  close(): void {
    this.#python.stdin.end();
    rmSync(this.#folder, { recursive: true });
  }

  /** The tools on a new work tree made from the template. */
  open(task: DatasetTask): Toolbox {
    this.#trees += 1;
    const tree = join(this.#folder, `tree-${this.#trees}`);
    cpSync(TEMPLATE, tree, { recursive: true, filter: (path) => !path.endsWith('__pycache__') });
    const data = join(this.#folder, `data-${this.#trees}`);
    mkdirSync(data);
    writeFileSync(join(data, 'task.json'), JSON.stringify(task));
    writeFileSync(join(data, 'train.csv'), datasetText(task));
    return (name, args) => this.#run({ tree, data }, name, args);
  }

  async #run(
    at: { tree: string; data: string },
    name: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<Result> {
    const path = join(at.tree, String(args['path'] ?? ''));
    switch (name) {
      case 'list_files':
        return { content: listing(at.tree) };
      case 'read_file':
        return existing(path, (text) => ({ content: numbered(text) }));
      case 'write_file':
        writeFileSync(path, String(args['content']));
        return { content: 'Wrote it.' };
      case 'edit_file':
        return existing(path, (text) => edited(path, text, args));
      case 'check_candidate':
        return { content: await this.#check(at) };
      case 'submit_version':
        return { content: 'done', final: true };
      default:
        return { content: `there is no tool ${name}`, failed: true };
    }
  }

  async #check({ tree, data }: { tree: string; data: string }): Promise<string> {
    const out = `${tree}-out`;
    this.#python.stdin.write(`${JSON.stringify({ tree, data, out })}\n`);
    const { value } = await this.#answers.next();
    const { status, stderr } = checked.parse(JSON.parse(value));
    const report = JSON.parse(readFileSync(join(out, 'check.json'), 'utf8'));
    const reason = status === 0 ? 'finished' : `exit code ${status}`;
    return JSON.stringify({
      ...report,
      outcome: status === 0 ? 'finished' : 'failed',
      reason,
      stdout: '',
      stderr: stderr.slice(-MOST_STDERR),
    });
  }
}

function listing(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => `${String(statSync(join(folder, path)).size).padStart(8)}  ${path}`)
    .join('\n');
}

function numbered(text: string): string {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  return lines.map((line, index) => `${index + 1}\t${line}`).join('\n');
}

function edited(path: string, text: string, { find, replace }: Readonly<Record<string, unknown>>): Result {
  const parts = text.split(String(find));
  if (parts.length !== 2) return { content: `it occurs ${parts.length - 1} times`, failed: true };
  writeFileSync(path, parts.join(String(replace)));
  return { content: 'Replaced.' };
}

function existing(path: string, then: (text: string) => Result): Result {
  try {
    return then(readFileSync(path, 'utf8'));
  } catch (error) {
    return { content: String(error), failed: true };
  }
}
