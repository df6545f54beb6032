/** `modelwright doctor`: what this machine has and lacks, and what its language models can do. */
import { Command } from 'commander';
import { examine, isHealthy, report } from '../../../bootstrap/doctor.mjs';
import { examineContent } from '../adapters/examine-content.ts';
import { examineModels } from '../adapters/examine-models.ts';
import { EXIT } from '../core/exit-code.ts';
import { modelChecks } from '../core/model-findings.ts';
import { CONFIG_HELP, type Context, withExamples } from './context.ts';

/** What the machine's own checks say of a key is said here of each model. */
const KEY_CHECK = 'model key';

interface Options {
  readonly models: boolean;
  readonly config?: string;
  readonly json?: true;
}

export function doctorCommand(context: Context): Command {
  const command = new Command('doctor')
    .summary('say what this machine has and lacks')
    .description(
      'Looks at Node, packages, nats-server, Python, git, sandbox, disk, memory, GPU, the place of content where MODELWRIGHT_ARTIFACTS names one, and asks each language model one ' +
        'small question: whether it answers, streams and calls tools, how long that takes, what it costs. ' +
        'Changes nothing, but for one small object at the place of content.',
    )
    .option('--no-models', 'do not ask the language models')
    .option('--config <file>', CONFIG_HELP)
    .option('--json', 'one JSON object')
    .action(async (options: Options) => {
      const output = context.output(options);
      const asked = options.models ? examineModels(context.config, options) : Promise.resolve(null);
      const content = examineContent(context.config);
      const [machine, kept, found] = await Promise.all([examine(), content, asked]);
      const checks = [...machine.filter(({ name }) => name !== KEY_CHECK), ...kept, ...modelChecks(found)];
      const healthy = isHealthy(checks);
      output.record({ healthy, checks });
      if (output.mode !== 'json') output.say(...report(checks));
      process.exitCode = healthy ? EXIT.ok : EXIT.unavailable;
    });
  return withExamples(
    command,
    ['modelwright doctor', 'exit code 0: a run can work here; 3: it cannot'],
    ['modelwright doctor --no-models', 'asks nobody and costs nothing'],
  );
}
