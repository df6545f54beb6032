/** What the processes tell about themselves. */
export { bind, createLogger, LOG_LEVELS, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export { type Scrub, scrubAll, scrubber, secretsIn } from './scrub.ts';
