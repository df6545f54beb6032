/**
 * One lock file per accelerator, in a folder that all runners of a host share.
 *
 * Supervisors hold the locks (flock), for as long as anything of their job lives. Here they are only looked at, in the
 * kernel's own list: taking one to see whether it is free would disturb who wants it.
 */
import { constants } from 'node:fs';
import { lstat, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Characters of a file's name only: what a vendor's name for it has beyond is replaced. */
export const lockFileOf = (folder: string, uuid: string) =>
  join(folder, `accelerator-${uuid.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}.lock`);

/** Makes the folder and the files where they are missing; throws where somebody else could take them away again. */
export async function makeLockFiles(folder: string, uuids: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const { uid, mode } = await lstat(folder);
  if ((mode & constants.S_IFMT) !== constants.S_IFDIR || ![0, process.geteuid?.()].includes(uid)) {
    throw new Error(
      `${folder} belongs to somebody else: locks in it cannot be trusted. Set RUNNER_LOCKS to another folder.`,
    );
  }
  const flags = constants.O_RDONLY | constants.O_CREAT | constants.O_NOFOLLOW;
  for (const uuid of uuids) await (await open(lockFileOf(folder, uuid), flags, 0o644)).close();
}

/** The process ids of those who hold the lock, as far as they can be seen from here. */
export async function lockHolders(folder: string, uuids: readonly string[]): Promise<Map<string, number>> {
  const table = await readFile('/proc/locks', 'utf8').catch(() => '');
  const byInode = new Map<string, number>();
  for (const line of table.split('\n')) {
    // `4: FLOCK  ADVISORY  WRITE 12345 08:01:1234567 0 EOF`, the device in hexadecimal
    const [, , pid, major, minor, inode] =
      /^(\d+): FLOCK +ADVISORY +\w+ +(-?\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) /.exec(line) ?? [];
    if (inode !== undefined)
      byInode.set(`${Number(`0x${major}`)}:${Number(`0x${minor}`)}:${inode}`, Number(pid));
  }
  const found = new Map<string, number>();
  for (const uuid of uuids) {
    const { dev, ino } = await stat(lockFileOf(folder, uuid));
    const pid = byInode.get(`${majorOf(dev)}:${minorOf(dev)}:${ino}`);
    if (pid !== undefined) found.set(uuid, pid);
  }
  return found;
}

/** As Linux packs a device's number: 12 bits of the major above 20 of the minor, in the pieces of the old layout. */
const majorOf = (device: number) => Number((BigInt(device) >> 8n) & 0xfffn);
const minorOf = (device: number) => Number((BigInt(device) & 0xffn) | ((BigInt(device) >> 12n) & 0xfff00n));
