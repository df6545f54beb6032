/** `modelwright doctor`: what this machine has and lacks. */
import { Command } from 'commander';
import { examine, isHealthy, report } from '../../../bootstrap/doctor.mjs';
import { EXIT } from '../core/exit-code.ts';
import { type Context, withExamples } from './context.ts';

export function doctorCommand(context: Context): Command {
  const command = new Command('doctor')
    .summary('say what this machine has and lacks')
    .description(
      'Looks at Node, packages, nats-server, Python, git, sandbox, disk, memory, GPU. Changes nothing.',
    )
    .option('--json', 'one JSON object')
    .action(async (options: { json?: true }) => {
      const output = context.output(options);
      const checks = await examine();
      const healthy = isHealthy(checks);
      output.record({ healthy, checks });
      if (output.mode !== 'json') output.say(...report(checks));
      process.exitCode = healthy ? EXIT.ok : EXIT.unavailable;
    });
  return withExamples(command, ['modelwright doctor', 'exit code 0: a run can work here; 3: it cannot']);
}
