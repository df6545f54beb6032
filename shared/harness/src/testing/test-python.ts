/** The interpreter for tests: the one named by `MODELWRIGHT_PYTHON`, or the environment of the set-up. */
import { findPython } from '../../../../bootstrap/toolchain.mjs';

export function testPython(): string {
  const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python;
  if (python === undefined) throw new Error('There is no Python environment. Make one: npm run setup');
  return python;
}
