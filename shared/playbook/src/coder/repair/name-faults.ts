/** Names that Python does not know, and those that were probably meant. */
import type { Answer } from '../../answer.ts';
import { replaceLine, withWord } from './edit.ts';
import type { Fault, Place } from './fault.ts';
import { nearest } from './nearest.ts';
import type { Rule } from './repair.ts';
import { inFile, lineOf, placeInProgram, type Source, said, wordsIn } from './source.ts';

const SUGGESTED = /Did you mean: '(\w+)'\?/;

/** NameError: an import was forgotten, or a word misspelt. */
export const nameUnknown: Rule = (fault, knowledge) => {
  const name = fault.message.match(/^(?:name|cannot access local variable) '(\w+)'/)?.[1];
  const place = placeInProgram(fault);
  if (name === undefined || place === null) return null;
  return inFile({ path: place.path, why: said(fault) }, knowledge, (source) => {
    const forgotten = knowledge.imports.find((line) => boundBy(line).includes(name));
    if (forgotten !== undefined) return withImport(source, forgotten, name);
    const meant = suggestion(fault) ?? nearest(name, [...wordsIn(source.text), ...knowledge.words]);
    return respelt(source, place, { name, meant });
  });
};

/** AttributeError: misspelt behind a dot. */
export const attributeUnknown: Rule = (fault, knowledge) => {
  const name = fault.message.match(/(?:object|module '[\w.]+') has no attribute '(\w+)'/)?.[1];
  const place = placeInProgram(fault);
  if (fault.error !== 'AttributeError' || name === undefined || place === null) return null;
  return inFile({ path: place.path, why: said(fault) }, knowledge, (source) =>
    respelt(source, place, { name, meant: suggestion(fault) ?? nearest(name, knowledge.words) }),
  );
};

/** ImportError: the module has no such name. */
export const importUnknown: Rule = (fault, knowledge) => {
  const [, name, module] = fault.message.match(/^cannot import name '(\w+)' from '([\w.]+)'/) ?? [];
  const place = placeInProgram(fault);
  if (name === undefined || module === undefined || place === null) return null;
  return inFile({ path: place.path, why: said(fault) }, knowledge, (source) => {
    const suggested = suggestion(fault);
    if (suggested !== null) return respelt(source, place, { name, meant: suggested });
    const path = `${module.replaceAll('.', '/')}.py`;
    const found = inFile({ path, why: `What does ${module} have?` }, knowledge, ({ text }) =>
      respelt(source, place, { name, meant: nearest(name, definedIn(text)) }),
    );
    return found ?? respelt(source, place, { name, meant: nearest(name, knowledge.words) });
  });
};

/** ModuleNotFoundError: there is no such file, or the name of a package is misspelt. */
export const moduleUnknown: Rule = (fault, knowledge) => {
  const name = fault.message.match(/^No module named '([\w.]+)'/)?.[1];
  const place = placeInProgram(fault);
  if (name === undefined || place === null) return null;
  return inFile({ path: place.path, why: said(fault) }, knowledge, (source) => {
    if (knowledge.listing === null) {
      return { text: `${said(fault)} What modules are there?`, call: { name: 'list_files', args: {} } };
    }
    const own = knowledge.listing.filter((path) => path.endsWith('.py'));
    const modules = own.map((path) => path.slice(0, -'.py'.length).replaceAll('/', '.'));
    const known = knowledge.imports.flatMap((line) => line.match(/^(?:from|import) ([\w.]+)/)?.[1] ?? []);
    return respelt(source, place, { name, meant: nearest(name, [...modules, ...known]) });
  });
};

function suggestion({ message }: Fault): string | null {
  return message.match(SUGGESTED)?.[1] ?? null;
}

function respelt(
  source: Source,
  { line }: Place,
  { name, meant }: { name: string; meant: string | null },
): Answer | null {
  const old = lineOf(source, line);
  const changed = old === null || meant === null ? null : withWord(old, name, meant);
  return changed === null ? null : replaceLine(source, line, changed, `${name} is meant to be ${meant}.`);
}

/** Puts an import line above the first one. */
function withImport(source: Source, line: string, name: string): Answer | null {
  const lines = source.text.split('\n');
  const first = lines.findIndex((one) => /^(from|import) /.test(one));
  const old = lines[first];
  if (old === undefined) return null;
  return replaceLine(source, first + 1, `${line}\n${old}`, `${name} was never imported.`);
}

/** Names that an import line binds. */
function boundBy(line: string): string[] {
  const names = line.match(/ import (.+)$/)?.[1] ?? line.match(/^import (.+)$/)?.[1] ?? '';
  return names.split(',').map((name) => name.trim().split(' as ').at(-1) ?? '');
}

function definedIn(text: string): string[] {
  return [...text.matchAll(/^(?:def|class) (\w+)|^(\w+) =/gm)].flatMap(([, a, b]) => a ?? b ?? []);
}
