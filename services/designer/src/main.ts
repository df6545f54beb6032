/** The designer: plans candidates that differ. */
import { agentConfig, serveAgent } from '@modelwright/agent-host';
import { runService } from '@modelwright/service';
import { publicWeb } from './adapters/public-web.ts';
import { designer } from './designer.ts';

await runService({
  service: 'designer',
  extraConfig: agentConfig,
  start: (context) => serveAgent(designer(publicWeb(context.config.models.catalogue.web)), context),
});
