/** What `check_candidate` reports, and which version of the candidate has passed it. */
import type { Version } from '@modelwright/contracts';
import { z } from 'zod';

/** `check.json`, written by the kit in the sandbox. */
export const checkFile = z.object({
  passed: z.boolean(),
  seconds: z.number().nonnegative(),
  problems: z.array(z.object({ where: z.string(), message: z.string() })),
});

/** What the model is told. */
export const checkReport = z.object({
  ...checkFile.shape,
  /** How the job ended, and why in words. */
  outcome: z.string(),
  reason: z.string(),
  stdout: z.string(),
  stderr: z.string(),
});
export type CheckReport = z.infer<typeof checkReport>;

/** An earlier call, as the transcript tells it. */
interface Called {
  readonly name: string;
  readonly content: string;
  readonly failed: boolean;
  readonly version: Version | null;
}

export interface PassedCheck {
  readonly version: Version;
  readonly seconds: number;
}

/** The last version that passed. */
export function lastPassed(calls: readonly Called[]): PassedCheck | null {
  return checks(calls).findLast(({ passed }) => passed) ?? null;
}

/** The last check of these files in this environment and with this derived data, when it passed. */
export function passedAt(
  calls: readonly Called[],
  { commit, environment, derived }: Pick<Version, 'commit' | 'environment' | 'derived'>,
): PassedCheck | null {
  const last = checks(calls).findLast(
    ({ version }) =>
      version.commit === commit &&
      requirementsOf(version.environment) === requirementsOf(environment) &&
      version.derived?.sha256 === derived?.sha256,
  );
  return last?.passed === true ? last : null;
}

function requirementsOf(environment: Version['environment']): string | null {
  return environment?.kind === 'requirements' ? environment.text : null;
}

function checks(calls: readonly Called[]): Array<PassedCheck & { readonly passed: boolean }> {
  return calls.flatMap(({ name, content, failed, version }) => {
    if (name !== 'check_candidate' || failed || version === null) return [];
    const { passed, seconds } = checkReport.parse(JSON.parse(content));
    return [{ version, seconds, passed }];
  });
}
