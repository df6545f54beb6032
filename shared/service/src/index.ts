/** The shell around every service: start, signals, drain; config, health, heartbeat. */
export { type CommonConfig, ConfigError, readConfig } from './config.ts';
export { runService } from './run-service.ts';
export type { RunningService, ServiceContext, ServiceDefinition, WorkerBeacon } from './service.ts';
