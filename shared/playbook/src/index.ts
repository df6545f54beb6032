/** The playbook: an offline practitioner behind the port to language models. */
export { createPlaybook, type PlaybookOptions } from './playbook.ts';
export { amendTask, type TaskProblem } from './setup/amend-task.ts';
export type { BareFolder, Profiles } from './setup/bare-folder.ts';
export { descriptionFile } from './setup/description-file.ts';
export { proposeTask } from './setup/propose-task.ts';
export type { Proposal, Proposed } from './setup/proposed.ts';
export { type FolderFile, type Tables, type TablesFound, tablesOf } from './setup/tables.ts';
