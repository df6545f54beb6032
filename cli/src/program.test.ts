import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogueKeys } from '@modelwright/llm';
import { describe, expect, it } from 'vitest';
import { machine } from './adapters/toolchain.ts';
import { readConfig } from './config.ts';
import { commandReference } from './core/command-reference.ts';
import { knownKeys } from './core/task-keys.ts';
import { createProgram } from './program.ts';
import { RecordingOutput } from './testing/recording-output.ts';

const docs = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

function newProgram() {
  const config = readConfig({ MODELWRIGHT_HOME: '/nowhere' }, '/nowhere', '/nowhere');
  return createProgram({ config, toolchain: machine, output: () => new RecordingOutput() });
}

describe('the command line', () => {
  it('is documented as it is (vitest -u writes the page anew)', async () => {
    await expect(commandReference(newProgram())).toMatchFileSnapshot(docs('cli.md'));
  });

  it('teaches by examples in every command', () => {
    const reference = commandReference(newProgram());
    for (const command of newProgram().commands) {
      const help = reference.split(`\n## modelwright ${command.name()}\n`)[1]?.split('\n## ')[0] ?? '';
      expect(help, command.name()).toMatch(/Examples:\n {2}\$ /);
    }
  });

  it('has every key of task.yaml in its documentation', () => {
    const page = readFileSync(docs('task.md'), 'utf8');
    expect(knownKeys().filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });

  it('has every key of modelwright.yaml in its documentation', () => {
    const page = readFileSync(docs('models.md'), 'utf8');
    expect(catalogueKeys().filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });

  it.each([
    [['rnu', 'folder'], 'unknown command'],
    [['run'], 'missing required argument'],
    [['run', 'folder', '--candidates', '1.5'], 'whole number'],
    [['run', 'folder', '--budget-minutes', '0'], 'greater than 0'],
    [['run', 'folder', '--budget-usd', '-1'], 'US dollars'],
    [['up', '--port', '70000'], 'port between'],
    [['up', '--coders', 'two'], 'whole number'],
    [['ls', '--jsn'], 'unknown option'],
  ])('refuses %j', async (words, message) => {
    const program = newProgram();
    const written: string[] = [];
    const quiet = { writeErr: (text: string) => void written.push(text) };
    for (const command of [program, ...program.commands]) command.configureOutput(quiet);
    await expect(program.parseAsync(words, { from: 'user' })).rejects.toMatchObject({ exitCode: 1 });
    expect(written.join('')).toContain(message);
  });
});
