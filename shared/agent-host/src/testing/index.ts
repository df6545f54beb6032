/** For tests of agents on a real server. */
export { AgentBench } from './agent-bench.ts';
export { type ExecutedJobs, executedJobs } from './executed-jobs.ts';
export { RunActorDouble } from './run-actor-double.ts';
export { type JobScript, type ScriptedOutcome, ScriptedRunner } from './scripted-runner.ts';
export { type ScriptedService, serveScripted } from './scripted-service.ts';
export { TEST_PASSWORD, TestFarm } from './test-farm.ts';
export { toolsNamedIn } from './tools-named-in.ts';
