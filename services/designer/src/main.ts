/** The designer: plans candidates that differ. */
import { agentConfig, serveAgent } from '@modelwright/agent-host';
import { runService } from '@modelwright/service';
import { designer } from './designer.ts';

await runService({
  service: 'designer',
  extraConfig: agentConfig,
  start: (context) => serveAgent(designer, context),
});
