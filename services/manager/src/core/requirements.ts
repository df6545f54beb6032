/** The delivered requirements: exact versions, from what the model's own `about.json` says it was trained with. */
import { z } from 'zod';

/** Names and versions as package indexes allow them; anything else could smuggle options into a requirements file. */
const packages = z.record(
  z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/),
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+!-]*$/),
);
const about = z.object({ packages });

/** Lines `name==version`, sorted; null where the text does not say. The text comes from an untrusted program. */
export function pinnedRequirements(aboutJson: string): string | null {
  const read = about.safeParse(parsed(aboutJson));
  if (!read.success || Object.keys(read.data.packages).length === 0) return null;
  return Object.entries(read.data.packages)
    .map(([name, version]) => `${name.toLowerCase()}==${version}\n`)
    .sort()
    .join('');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
