/** What the programs of a version run in. */
import type { Version } from '@modelwright/contracts';

export type Environment = NonNullable<Version['environment']>;

export function sameEnvironment(one: Environment | undefined, other: Environment | undefined): boolean {
  return textOf(one) === textOf(other);
}

export function environmentName(environment: Environment | undefined): string {
  const text = textOf(environment);
  return text === null ? "the runner's own" : `built from: ${text.trim().split('\n').join(', ')}`;
}

function textOf(environment: Environment | undefined): string | null {
  return environment?.kind === 'requirements' ? environment.text : null;
}
