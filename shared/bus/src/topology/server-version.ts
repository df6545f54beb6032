/** What depends on the server's version. */

export const OLDEST_SERVER = '2.9.10';
/** First release without the known loss of work-queue messages in a cluster. */
export const RECOMMENDED_SERVER = '2.12.9';

/** Compares `major.minor.patch`; what follows a dash (`2.11.0-RC.1`) is not looked at. An unknown version is old. */
export function isAtLeast(version: string, wanted: string): boolean {
  const have = numbers(version);
  const want = numbers(wanted);
  for (const [n, least] of want.entries()) {
    const part = have[n] ?? 0;
    if (part !== least) return part > least;
  }
  return have.length > 0;
}

/** `sync_interval: always` makes an acknowledged message survive a power loss; older servers refuse to start with it. */
export const supportsSyncAlways = (version: string) => isAtLeast(version, '2.10.0');

const numbers = (version: string) => {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match === null ? [] : match.slice(1).map(Number);
};
