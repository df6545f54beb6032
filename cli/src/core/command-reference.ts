/** docs/cli.md: the help of every command, as one page. A test keeps the page and the program the same. */
import type { Command } from 'commander';

export function commandReference(root: Command): string {
  const parts = [
    '# The command line',
    '',
    'This page is what `modelwright --help` and `modelwright <command> --help` print. In a clone of the repository',
    '`npx modelwright` stands for `modelwright`. What task.yaml may say is in [task.md](task.md).',
    '',
    ...section('modelwright', helpOf(root)),
    ...root.commands.flatMap((command) => sectionsOf(command, 'modelwright')),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

/** A command, and the commands below it. */
function sectionsOf(command: Command, before: string): string[] {
  const title = `${before} ${command.name()}`;
  return [
    ...section(title, helpOf(command)),
    ...command.commands.flatMap((below) => sectionsOf(below, title)),
  ];
}

function section(title: string, text: string): string[] {
  return [`## ${title}`, '', '```', text.trimEnd(), '```', ''];
}

/** All that `--help` prints, at a width that does not depend on the terminal. */
function helpOf(command: Command): string {
  let text = '';
  const plain = {
    writeOut: (part: string) => {
      text += part;
    },
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  };
  command.configureOutput(plain);
  command.outputHelp();
  return text;
}
