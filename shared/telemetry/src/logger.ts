/** Structured logs: one JSON object a line on standard error, secrets taken out by the name of their key. */
import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface LoggerOptions {
  readonly service: string;
  readonly name: string;
  readonly level?: LogLevel;
  /** Lines for people instead of JSON. */
  readonly pretty?: boolean;
}

const SECRET_KEYS = ['password', 'apiKey', 'token', 'secret', 'authorization'];
const redact = { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' };

export function createLogger(options: LoggerOptions): Logger {
  return pino(
    { base: { service: options.service, name: options.name }, level: options.level ?? 'info', redact },
    pino.destination(2),
  );
}

/** A logger that adds these fields to every line. */
export function bind(logger: Logger, fields: Record<string, unknown>): Logger {
  return logger.child(fields);
}
