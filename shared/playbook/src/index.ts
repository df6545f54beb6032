/** The playbook: an offline practitioner behind the port to language models. */
export { createPlaybook, type PlaybookOptions } from './playbook.ts';
