// Looking programs up on the PATH.

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Every file of that name on the PATH that may be run, in the PATH's order.
 * @param {string} name
 * @param {string} [path]
 * @returns {string[]} absolute paths
 */
export function onPath(name, path = process.env['PATH'] ?? '') {
  return path
    .split(delimiter)
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

/**
 * @param {string} file
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
