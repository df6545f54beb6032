import { expect, it } from 'vitest';
import { logEnd } from './log-end.ts';

it('the end of a log is its last words, without stacks and without structure', () => {
  const log = [
    '{"level":30,"msg":"ready"}',
    '{"level":60,"msg":"the service cannot go on","err":{"type":"Error","message":"no such user","stack":"…"}}',
    'Error [ERR_MODULE_NOT_FOUND]: Cannot find module',
    '    at finalizeResolution (node:internal/modules/esm/resolve:272:11)',
    '',
    'Node.js v24.21.0',
    '',
  ].join('\n');
  expect(logEnd(log, 3)).toBe(
    'the service cannot go on: no such user\nError [ERR_MODULE_NOT_FOUND]: Cannot find module\nNode.js v24.21.0',
  );
  expect(logEnd('{"half', 3)).toBe('{"half');
});
