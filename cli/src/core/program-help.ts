/** What `modelwright --help` teaches beyond the list of commands. */
import { EXIT_MEANINGS } from './exit-code.ts';

export function programHelp(): string {
  return `
Start here:
  $ modelwright demo                        see it work, from data to a proven model
  $ modelwright run ./my-task               task folder in, model out
  $ modelwright ls                          the runs, and how far they are
  $ modelwright down                        stop everything

A task folder holds task.yaml and its data; examples/ has three, docs/task.md every key.

Exit codes:
${EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}

Environment:
  MODELWRIGHT_HOME   state of what runs here (default: .modelwright in Modelwright's own folder)
  MODELWRIGHT_CACHE  Node, nats-server, Python environments (default: ~/.cache/modelwright)
  NATS_URL           a server that somebody else runs, with NATS_USER and NATS_PASSWORD or NATS_PASSWORD_FILE
  MODELWRIGHT_CONFIG a modelwright.yaml, wherever commands are typed
  OPENAI_API_KEY     a language model plays the roles (docs/models.md); also OPENAI_BASE_URL, OPENAI_MODEL
  NO_COLOR           no colours`;
}
