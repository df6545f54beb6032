/** Sentences about a candidate, with its facts and settings filled in. */
import { holds } from './condition.ts';
import type { Sentences, Settings } from './recipe.ts';
import type { Situation } from './situation.ts';

/** Those that are true of the situation, in one text. @throws when a sentence asks for what nobody knows. */
export function sentencesFor(all: Sentences, situation: Situation, settings: Settings): string {
  return all
    .filter(({ when }) => holds(when, situation))
    .map(({ say }) => filled(say, situation, settings))
    .join(' ');
}

function filled(sentence: string, situation: Situation, settings: Settings): string {
  const known = new Map<string, unknown>([...Object.entries(situation), ...Object.entries(settings)]);
  return sentence.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    if (!known.has(name)) throw new Error(`a recipe's sentence asks for {${name}}: ${sentence}`);
    return String(known.get(name));
  });
}
