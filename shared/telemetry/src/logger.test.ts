import { describe, expect, it } from 'vitest';
import { bind, createLogger, type LoggerOptions } from './logger.ts';

const logged = (options: Partial<LoggerOptions> = {}) => {
  const lines: string[] = [];
  const logger = createLogger(
    { service: 'coder', name: 'a', ...options },
    { write: (line: string) => void lines.push(line) },
  );
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
};

describe('a logger', () => {
  it('writes one JSON object a line, with who it is', () => {
    const { logger, lines, last } = logged();
    logger.info({ run: 'r' }, 'hello');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith('\n')).toBe(true);
    expect(last()).toMatchObject({ level: 'info', service: 'coder', name: 'a', run: 'r', msg: 'hello' });
    expect(new Date(last().time).getTime()).toBeGreaterThan(0);
  });

  it('takes secrets out by the name of their key, also inside other fields', () => {
    const { logger, lines } = logged();
    logger.info({ password: 's3cret', config: { token: 's3cret', deep: { apiKey: 's3cret' } } }, 'config');
    expect(lines.join()).not.toContain('s3cret');
    expect(lines.join()).toContain('[secret]');
  });

  it('takes secrets out that it knows or that look like one, wherever they stand', () => {
    const { logger, lines } = logged({ secrets: ['correct horse'] });
    const key = 'sk-proj-aB3dE5fG7hJ9kL2mN4pQ6rS8tU1v';
    logger.error({ err: new Error(`refused ${key}`), said: ['correct horse'] }, 'correct horse');
    expect(lines.join()).not.toContain('correct horse');
    expect(lines.join()).not.toContain(key);
    expect(JSON.parse(lines[0] ?? '').msg).toBe('[secret]');
  });

  it('writes an error with its cause', () => {
    const { logger, last } = logged();
    logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    expect(last().err.message).toContain('outer');
    expect(last().err.stack).toContain('inner');
  });

  it('adds bound fields to every line', () => {
    const { logger, last } = logged();
    bind(logger, { run: 'digits' }).warn('careful');
    expect(last()).toMatchObject({ run: 'digits', msg: 'careful' });
  });

  it('is silent below its level', () => {
    const { logger, lines } = logged({ level: 'warn' });
    logger.info('nothing');
    expect(lines).toEqual([]);
  });

  it('writes for people when asked', () => {
    const { logger, lines } = logged({ pretty: true });
    logger.warn({ err: new Error('broken pipe'), run: 'r', n: 3 }, 'careful');
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d warn {3}coder {2}careful {2}err=broken pipe {2}run=r {2}n=3\n$/,
    );
  });
});
