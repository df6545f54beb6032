/** The playbook: an offline practitioner behind the port to language models. */
export { createPlaybook, type PlaybookOptions } from './playbook.ts';
export { descriptionFile } from './setup/description-file.ts';
export { setUp } from './setup/setup.ts';
export { isBesideData } from './setup/survey.ts';
export type { FolderFile } from './setup/tables.ts';
export type { Step } from './steps.ts';
