/**
 * From requirements to a lock: every file that makes up an environment, with its sha256.
 *
 * The installer's report (the "installation report" of pip, format 1) tells what it would install; the lock is written as
 * requirements with hashes, so that a later installation gets these files or fails.
 */
import { type EnvironmentLock, sha256 } from '@modelwright/contracts';
import { z } from 'zod';
import { normalName } from '../requirements.ts';
import type { PackagePolicy } from './specification.ts';

export type LockedPackage = EnvironmentLock['packages'][number];

export type Reading =
  | { readonly kind: 'locked'; readonly packages: readonly LockedPackage[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Before pip 23.1 there is one hash alone, as `sha256=…`. */
const archiveInfo = z.object({
  hash: z.string().optional(),
  hashes: z.record(z.string(), z.string()).default({}),
});

const report = z.object({
  install: z.array(
    z.object({
      metadata: z.object({ name: z.string(), version: z.string() }),
      download_info: z.object({
        url: z.string(),
        archive_info: archiveInfo.optional(),
      }),
    }),
  ),
});

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9.!+_-]*$/;

/** @param said The report, parsed from JSON. */
export function readReport(said: unknown, policy: PackagePolicy): Reading {
  const read = report.safeParse(said);
  if (!read.success) return refused(`its report cannot be read: ${read.error.issues[0]?.message ?? ''}`);
  const packages: LockedPackage[] = [];
  for (const { metadata, download_info: download } of read.data.install) {
    const { name, version } = metadata;
    const file = fileOf(download.url);
    const hash = sha256.safeParse(sha256Of(download.archive_info));
    if (!NAME.test(name) || !VERSION.test(version)) return refused(`"${name}" ${version} is no package`);
    if (policy === 'wheels' && !file.endsWith('.whl')) return refused(`${name} ${version} is no wheel`);
    if (!hash.success) return refused(`the index tells no sha256 of ${name} ${version}`);
    packages.push({ name: normalName(name), version, file, sha256: hash.data });
  }
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { kind: 'locked', packages };
}

/** As requirements that name each file by its hash. */
export function lockedRequirements(packages: readonly LockedPackage[]): string {
  return packages.map((one) => `${one.name}==${one.version} --hash=sha256:${one.sha256}\n`).join('');
}

/** Of all that is escaped in a URL only the sign of a local version occurs in names of packages. */
const fileOf = (url: string) => (url.split(/[?#]/)[0]?.split('/').at(-1) ?? '').replaceAll(/%2B/gi, '+');

function refused(why: string): Reading {
  return { kind: 'refused', reason: `the installer found packages, but ${why}` };
}

function sha256Of(info: z.infer<typeof archiveInfo> | undefined): string | undefined {
  return info?.hashes['sha256'] ?? info?.hash?.replace('sha256=', '');
}
