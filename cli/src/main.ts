/** `modelwright`: the story of a command, from its arguments to its exit code. */
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { explain } from './adapters/explain.ts';
import { endQuietlyOnClosedPipe, Output } from './adapters/output.ts';
import { machine } from './adapters/toolchain.ts';
import { VERSION } from './adapters/version.ts';
import { cancelCommand } from './commands/cancel.ts';
import { checkCommand } from './commands/check.ts';
import type { Context } from './commands/context.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { logsCommand } from './commands/logs.ts';
import { lsCommand } from './commands/ls.ts';
import { psCommand } from './commands/ps.ts';
import { resultsCommand } from './commands/results.ts';
import { runCommand } from './commands/run.ts';
import { serviceCommand } from './commands/service.ts';
import { statusCommand } from './commands/status.ts';
import { upCommand } from './commands/up.ts';
import { readConfig } from './config.ts';
import { EXIT } from './core/exit-code.ts';
import { SERVICES } from './core/farm-plan.ts';
import { programHelp } from './core/program-help.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

endQuietlyOnClosedPipe();
process.exitCode = EXIT.ok;
const verbose = process.argv.includes('--verbose');
try {
  await program(contextOf()).parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? exitCodeOf(error) : tell(error);
}

function contextOf(): Context {
  const config = readConfig(process.env, process.cwd(), ROOT);
  return { config, toolchain: machine, output: ({ json }) => new Output({ json: json === true }) };
}

function program(context: Context): Command {
  const root = new Command('modelwright')
    .description('Turns a task description and training data into a proven model.')
    .version(VERSION)
    .option('--verbose', 'with errors, show where in the program they arose')
    .exitOverride()
    .helpCommand(false)
    .showHelpAfterError('(modelwright <command> --help shows how it is used)')
    .addHelpText('after', programHelp());
  const add = (command: Command) => root.addCommand(command.copyInheritedSettings(root));
  root.commandsGroup('Runs:');
  for (const make of [
    runCommand,
    checkCommand,
    lsCommand,
    statusCommand,
    logsCommand,
    resultsCommand,
    cancelCommand,
  ]) {
    add(make(context));
  }
  root.commandsGroup('This machine:');
  for (const make of [demoCommand, upCommand, downCommand, psCommand, doctorCommand]) add(make(context));
  root.commandsGroup('One service in the foreground:');
  for (const service of SERVICES) add(serviceCommand(context, service));
  return root;
}

/** Commander has already said what it had to say. */
function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
}

function tell(error: unknown): number {
  const { exitCode, problems } = explain(error);
  new Output({ json: false }).problems(problems);
  if (verbose) console.error(error);
  return exitCode;
}
