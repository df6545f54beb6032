/** The life of a process: config, logger, bus, ready, drain. */
export { type CommonConfig, ConfigError, readConfig } from './config.ts';
export { runService } from './run-service.ts';
export type { RunningService, ServiceContext, ServiceDefinition, WorkerBeacon } from './service.ts';
