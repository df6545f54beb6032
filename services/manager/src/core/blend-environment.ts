/** One environment for the members of a blend: what all of theirs hold together. */
import type { Version } from '@modelwright/contracts';

export type BlendEnvironment =
  | { readonly kind: 'one'; readonly environment: Version['environment'] }
  | { readonly kind: 'conflict'; readonly reason: string };

/**
 * Members without an environment of their own run in the runner's: what they require stands in every other as well, at the
 * runner's versions, since all candidates begin from the same template.
 */
export function blendEnvironment(members: readonly Pick<Version, 'environment'>[]): BlendEnvironment {
  const pins = new Map<string, string>();
  for (const { environment } of members) {
    if (environment?.kind !== 'requirements') continue;
    for (const line of environment.text.split('\n').filter((one) => one.trim() !== '')) {
      const name = normalName(line.split('==')[0] ?? line);
      const known = pins.get(name) ?? line;
      if (known !== line) return { kind: 'conflict', reason: `one member needs ${known}, another ${line}` };
      pins.set(name, line);
    }
  }
  if (pins.size === 0) return { kind: 'one', environment: undefined };
  const text = [...pins.values()].sort().map((line) => `${line}\n`);
  return { kind: 'one', environment: { kind: 'requirements', text: text.join('') } };
}

const normalName = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-');
