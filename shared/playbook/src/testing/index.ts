/** For tests: the playbook where a language model would be, behind a provider's interface. */
export { createEngineer, type Engineer, type EngineerReply } from './engineer/engineer.ts';
