// Reading and comparing version numbers.

import { NATS_OLDEST } from './pinned.mjs';

/**
 * The first dotted number in a text: `nats-server: v2.14.5` gives `2.14.5`.
 * @param {string} text
 * @returns {string | null} null when there is none
 */
export function versionIn(text) {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? null;
}

/**
 * Negative when a is older than b, 0 when equal, positive when newer. A missing part counts as 0.
 * @param {string} a
 * @param {string} b
 */
export function compareVersions(a, b) {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let part = 0; part < Math.max(left.length, right.length); part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * @param {string} version of a nats-server
 */
export function isSupportedNats(version) {
  return compareVersions(version, NATS_OLDEST) >= 0;
}

/**
 * Below 2.12.9 (and in 2.14.0) a power loss or a cluster at its delivery limit may lose what was acknowledged.
 * @param {string} version of a nats-server
 */
export function isRecommendedNats(version) {
  if (compareVersions(version, '2.14.0') === 0) return false;
  return compareVersions(version, '2.12.9') >= 0;
}
