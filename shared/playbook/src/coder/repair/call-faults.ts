/** Calls that do not fit what is called, and what they return. */
import type { Answer } from '../../answer.ts';
import { PROGRAM } from '../intent.ts';
import { replaceLine, withWord } from './edit.ts';
import { nearest } from './nearest.ts';
import type { Rule } from './repair.ts';
import { indent, inFile, lineOf, placeInProgram, type Source, said } from './source.ts';

/** TypeError: no such argument. */
export const unexpectedKeyword: Rule = (fault, knowledge) => {
  const name = fault.message.match(/unexpected keyword argument '(\w+)'|Invalid parameter '?(\w+)'?/);
  const word = name?.[1] ?? name?.[2];
  if (word === undefined) return null;
  return inFile({ path: PROGRAM, why: said(fault) }, knowledge, (source) => {
    const number =
      source.text.split('\n').findIndex((line) => new RegExp(`\\b${word}\\b["']?[=:]`).test(line)) + 1;
    const line = lineOf(source, number);
    const meant = nearest(word, knowledge.words);
    const changed = line === null || meant === null ? null : withWord(line, word, meant);
    if (changed === null) return null;
    return replaceLine(source, number, changed, `The argument ${word} is meant to be ${meant}.`);
  });
};

/** IndexError: one axis too far. */
export const outOfRange: Rule = (fault, knowledge) => {
  const place = placeInProgram(fault);
  if (fault.error !== 'IndexError' || place === null) return null;
  return inFile({ path: place.path, why: said(fault) }, knowledge, (source) => {
    const line = lineOf(source, place.line) ?? '';
    const changed = line.replace(/\.shape\[(\d)\]/, (_whole, axis: string) => `.shape[${Number(axis) - 1}]`);
    return replaceLine(source, place.line, changed, 'A table has axes 0 and 1.');
  });
};

/** ValueError: an estimator that cannot take gaps was given some. */
export const gaps: Rule = (fault, knowledge) => {
  if (!/contains NaN|Got nan instead/.test(fault.message)) return null;
  return inFile({ path: PROGRAM, why: said(fault) }, knowledge, (source) => {
    const number = source.text.split('\n').findIndex((line) => line.includes('style="boosting"')) + 1;
    const changed = lineOf(source, number)?.replace('style="boosting"', 'style="dense"');
    return changed === undefined ? null : replaceLine(source, number, changed, 'The gaps have to be filled.');
  });
};

/** Something is None: a function has forgotten to return what it made. */
export const forgottenReturn: Rule = (fault, knowledge) => {
  if (!/'NoneType' object|NoneType|no attribute 'predict_proba'/.test(fault.message)) return null;
  return inFile({ path: PROGRAM, why: said(fault) }, knowledge, (source) => withReturn(source));
};

/** A statement that names or makes something and does nothing with it. */
const IDLE =
  /^\s+(?!(?:return|if|elif|else|for|while|with|raise|def|class|import|from|pass|del|self)\b)[\w[({]/;
const ASSIGNS = /^\s+[\w.[\]"', ]+ (?:[-+*/|]=|=) /;
const METHOD = /^\s+\w+\.\w+\(/;

/** Puts `return` before the last statement of a block of `build` that does nothing. */
function withReturn(source: Source): Answer | null {
  const lines = source.text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('def build('));
  const length = lines.slice(first + 1).findIndex((line) => /^\S/.test(line));
  const end = length < 0 ? lines.length : first + 1 + length;
  for (let index = end - 1; index > first; index -= 1) {
    const line = lines[index] ?? '';
    const below = lines.slice(index + 1, end).find((one) => one.trim() !== '');
    const endsBlock = below === undefined || indent(below) < indent(line);
    if (endsBlock && IDLE.test(line) && !ASSIGNS.test(line) && !METHOD.test(line)) {
      const returning = `${line.slice(0, indent(line))}return ${line.trimStart()}`;
      return replaceLine(source, index + 1, returning, 'What was made is not returned.');
    }
  }
  return null;
}
