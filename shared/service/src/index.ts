export type { CommonConfig } from './config.ts';
export { runService } from './run-service.ts';
export type { RunningService, ServiceContext, ServiceDefinition, WorkerBeacon } from './service.ts';
