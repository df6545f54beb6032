/** All commands, as commander knows them. Building them does nothing; parsing arguments does. */
import { Command } from 'commander';
import { VERSION } from './adapters/version.ts';
import { cancelCommand } from './commands/cancel.ts';
import { checkCommand } from './commands/check.ts';
import type { Context } from './commands/context.ts';
import { costCommand } from './commands/cost.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { finishCommand } from './commands/finish.ts';
import { logsCommand } from './commands/logs.ts';
import { lsCommand } from './commands/ls.ts';
import { nodesCommand } from './commands/nodes.ts';
import { psCommand } from './commands/ps.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { resultsCommand } from './commands/results.ts';
import { resumeCommand } from './commands/resume.ts';
import { runCommand } from './commands/run.ts';
import { serviceCommand } from './commands/service.ts';
import { statusCommand } from './commands/status.ts';
import { transcriptCommand } from './commands/transcript.ts';
import { upCommand } from './commands/up.ts';
import { verifyCommand } from './commands/verify.ts';
import { SERVICES } from './core/farm-plan.ts';
import { programHelp } from './core/program-help.ts';

const RUNS = [
  runCommand,
  checkCommand,
  lsCommand,
  statusCommand,
  logsCommand,
  transcriptCommand,
  costCommand,
  replayCommand,
  resultsCommand,
  reportCommand,
  verifyCommand,
  resumeCommand,
  finishCommand,
  cancelCommand,
];
const MACHINE = [demoCommand, upCommand, downCommand, psCommand, nodesCommand, doctorCommand];

/** Throws a CommanderError in place of ending the process. */
export function createProgram(context: Context): Command {
  const root = new Command('modelwright')
    .description('Turns a task description and training data into a proven model.')
    .version(VERSION)
    .option('--verbose', 'with errors, show where in the program they arose')
    .exitOverride()
    .helpCommand(false)
    .showHelpAfterError('(modelwright <command> --help shows how it is used)')
    .addHelpText('after', programHelp());
  const add = (command: Command) => {
    root.addCommand(command.copyInheritedSettings(root));
    for (const below of command.commands) below.copyInheritedSettings(command);
  };
  root.commandsGroup('Runs:');
  for (const make of RUNS) add(make(context));
  root.commandsGroup('This machine:');
  for (const make of MACHINE) add(make(context));
  root.commandsGroup('One service in the foreground:');
  for (const service of SERVICES) add(serviceCommand(context, service));
  return root;
}
