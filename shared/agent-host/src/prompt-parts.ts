/**
 * Prompts say what holds for the task at hand and nothing else. Lines between `{{#for mask boxes}}` and `{{/for}}` stay where
 * the task has one of the traits named: its kind, or what belongs to its data. Parts do not stand within parts.
 */
import type { DatasetTask } from '@modelwright/contracts';

const FILES: ReadonlySet<string> = new Set(['image', 'audio', 'file']);

const KINDS = ['classification', 'regression', 'multilabel', 'multioutput', 'mask', 'boxes', 'text'] as const;
const BELONGINGS = ['files', 'tables', 'auxiliary'] as const;
const TRAITS: ReadonlySet<string> = new Set([...KINDS, ...BELONGINGS]);

export function traitsOf({ kind, features, tables = [], auxiliary = [] }: DatasetTask): ReadonlySet<string> {
  return new Set([
    kind,
    ...(features.some((feature) => FILES.has(feature.kind)) ? ['files'] : []),
    ...(tables.length > 0 ? ['tables'] : []),
    ...(auxiliary.length > 0 ? ['auxiliary'] : []),
  ]);
}

/** @throws Error when a part is not closed, is closed twice, or is for something that no task can have. */
export function partsFor(template: string, traits: ReadonlySet<string>): string {
  const text = template.replace(
    /^\{\{#for ([a-z ]+)\}\}\n([\s\S]*?)^\{\{\/for\}\}\n/gm,
    (_whole, named: string, part: string) => {
      const wanted = named.trim().split(/ +/);
      const unknown = wanted.filter((trait) => !TRAITS.has(trait));
      if (unknown.length > 0)
        throw new Error(`the prompt has a part for ${unknown.join(', ')}, which no task has`);
      return wanted.some((trait) => traits.has(trait)) ? part : '';
    },
  );
  if (/\{\{[#/]/.test(text)) throw new Error('the prompt has a part that is not closed, or not opened');
  return text;
}
