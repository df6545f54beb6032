/** Structured logs: one JSON object a line on standard error, secrets taken out by the name of their key and by what they are. */
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { prettyLines } from './pretty-lines.ts';
import { type Scrub, scrubber } from './scrub.ts';

export type Logger = PinoLogger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  readonly service: string;
  readonly name: string;
  readonly level?: LogLevel;
  /** Lines for people instead of JSON. */
  readonly pretty?: boolean;
  /** Values that must not be written, besides what has the form of a secret. */
  readonly secrets?: readonly string[];
}

/** Looked for at the top of a line's fields and two levels below. */
const SECRET_KEYS = [
  'password',
  'pass',
  'token',
  'apiKey',
  'api_key',
  'secret',
  'authorization',
  'NATS_PASSWORD',
  'OPENAI_API_KEY',
];
const SECRET_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** Written at once, so that the last line before a crash is not lost. */
const standardError = () => pino.destination({ dest: 2, sync: true });

export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const stream = scrubbed(destination ?? standardError(), scrubber(options.secrets ?? []));
  return pino(
    {
      base: { service: options.service, name: options.name, pid: process.pid },
      level: options.level ?? 'info',
      redact: { paths: SECRET_PATHS, censor: '[secret]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.pretty === true ? prettyLines(stream) : stream,
  );
}

const scrubbed = (stream: DestinationStream, scrub: Scrub): DestinationStream => ({
  write: (line) => stream.write(scrub(line)),
});

/** A logger that adds these fields to every line. */
export function bind(logger: Logger, fields: Record<string, unknown>): Logger {
  return logger.child(fields);
}
