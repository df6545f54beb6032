/** The coder: turns plans into candidates that pass their check. */
import { agentConfig, serveAgent } from '@modelwright/agent-host';
import { runService } from '@modelwright/service';
import { coder } from './coder.ts';

await runService({
  service: 'coder',
  extraConfig: agentConfig,
  start: (context) => serveAgent(coder, context),
});
