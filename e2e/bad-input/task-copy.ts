import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../support/modelwright.ts';

export const EXAMPLES = join(PROJECT, 'examples');

/** A copy of an example, for a test to break. */
export class TaskCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Copies the example into a folder that does not exist yet. */
  static async of(example: string, folder: string): Promise<TaskCopy> {
    await cp(join(EXAMPLES, example), folder, { recursive: true });
    return new TaskCopy(folder);
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
