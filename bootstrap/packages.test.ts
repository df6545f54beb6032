import { describe, expect, test } from 'vitest';
import { holds } from './packages.mjs';

const machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const plain = { version: '1.0.0', integrity: 'sha512-a' };
const native = { ...plain, optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] };

describe('node_modules', () => {
  test('holds the lockfile when every package has its version and checksum', () => {
    expect(holds({ '': {}, 'node_modules/a': plain }, { 'node_modules/a': plain }, machine)).toBe(true);
  });

  test('does not when a package is missing, other or superfluous', () => {
    const other = { ...plain, integrity: 'sha512-b' };
    expect(holds({ 'node_modules/a': plain }, {}, machine)).toBe(false);
    expect(holds({ 'node_modules/a': plain }, { 'node_modules/a': other }, machine)).toBe(false);
    expect(holds({}, { 'node_modules/a': plain }, machine)).toBe(false);
  });

  test('may lack the native packages of other machines', () => {
    const windows = { ...native, os: ['win32'] };
    const musl = { ...native, libc: ['musl'] };
    expect(holds({ 'node_modules/w': windows, 'node_modules/m': musl }, {}, machine)).toBe(true);
  });

  test('may lack what only those need', () => {
    expect(holds({ 'node_modules/helper': { ...plain, optional: true } }, {}, machine)).toBe(true);
  });

  test('must have the native packages of this machine', () => {
    expect(holds({ 'node_modules/n': native }, {}, machine)).toBe(false);
  });

  test('must link the packages of the workspace', () => {
    const link = { resolved: 'shared/bus', link: true };
    expect(
      holds({ 'node_modules/@modelwright/bus': link }, { 'node_modules/@modelwright/bus': link }, machine),
    ).toBe(true);
    expect(
      holds({ 'node_modules/@modelwright/bus': link }, { 'node_modules/@modelwright/bus': plain }, machine),
    ).toBe(false);
  });
});
