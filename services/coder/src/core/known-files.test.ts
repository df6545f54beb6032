import { describe, expect, it } from 'vitest';
import { hasSeen } from './known-files.ts';

const call = (name: string, args: object, failed = false) => ({
  name,
  arguments: JSON.stringify(args),
  failed,
});

describe('a file', () => {
  it('is known when it was read or written whole', () => {
    expect(hasSeen([call('read_file', { path: 'a.py' })], 'a.py')).toBe(true);
    expect(hasSeen([call('write_file', { path: 'a.py', content: '' })], 'a.py')).toBe(true);
  });

  it('is not known when another was, when reading failed, or when it was only listed', () => {
    expect(hasSeen([call('read_file', { path: 'b.py' })], 'a.py')).toBe(false);
    expect(hasSeen([call('read_file', { path: 'a.py' }, true)], 'a.py')).toBe(false);
    expect(hasSeen([call('list_files', {})], 'a.py')).toBe(false);
  });
});
