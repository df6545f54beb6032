/** Faults in `config.json`, or in how the program reads it. */
import type { Answer } from '../../answer.ts';
import type { Settings } from '../../recipe/recipe.ts';
import { PROGRAM, SETTINGS, settingsText } from '../intent.ts';
import type { Knowledge } from '../knowledge.ts';
import { replaceLine, withWord, write } from './edit.ts';
import type { Fault } from './fault.ts';
import { nearest } from './nearest.ts';
import type { Rule } from './repair.ts';
import { inFile, lineOf, placeInProgram, said } from './source.ts';

/** KeyError: a setting is misspelt, here or there. */
export const keyUnknown: Rule = (fault, knowledge) => {
  const key = fault.error === 'KeyError' ? fault.message.match(/^'(.+)'$/)?.[1] : undefined;
  if (key === undefined) return null;
  return key in knowledge.settings
    ? settingLacks(key, fault, knowledge)
    : programMistakes(key, fault, knowledge);
};

/** JSONDecodeError: commonly a comma too many. */
export const noJson: Rule = (fault, knowledge) => {
  if (fault.error !== 'JSONDecodeError') return null;
  return inFile({ path: SETTINGS, why: said(fault) }, knowledge, ({ text }) => {
    const settings = parsed(text.replaceAll(/,(\s*[}\]])/g, '$1')) ?? knowledge.settings;
    return write(SETTINGS, settingsText(settings), 'config.json has to be JSON.');
  });
};

/** A number between quotes. */
export const textForNumber: Rule = (fault, knowledge) => {
  if (!/Got '.*' instead|'str'|sequence|string|StrDType/.test(fault.message)) return null;
  return inFile({ path: SETTINGS, why: said(fault) }, knowledge, ({ text }) => {
    const settings = parsed(text);
    if (settings === null) return null;
    const repaired = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, unquoted(value)]),
    );
    if (JSON.stringify(repaired) === JSON.stringify(settings)) return null;
    return write(SETTINGS, settingsText(repaired), 'A number stands between quotes.');
  });
};

function settingLacks(key: string, fault: Fault, knowledge: Knowledge): Answer | null {
  return inFile({ path: SETTINGS, why: said(fault) }, knowledge, ({ text }) => {
    const settings = parsed(text) ?? {};
    const strange = Object.keys(settings).filter((name) => !(name in knowledge.settings));
    const misspelt = nearest(key, strange);
    const renamed = Object.entries(settings).map(([name, value]) => [name === misspelt ? key : name, value]);
    const whole = misspelt === null ? knowledge.settings : Object.fromEntries(renamed);
    const why = misspelt === null ? `The settings lack ${key}.` : `${misspelt} is meant to be ${key}.`;
    return write(SETTINGS, settingsText(whole), why);
  });
}

function programMistakes(key: string, fault: Fault, knowledge: Knowledge): Answer | null {
  const place = placeInProgram(fault);
  if (place === null) return null;
  return inFile({ path: PROGRAM, why: said(fault) }, knowledge, (source) => {
    const line = lineOf(source, place.line);
    const meant = nearest(key, Object.keys(knowledge.settings));
    const changed = line === null || meant === null ? null : withWord(line, key, meant);
    if (changed === null) return null;
    return replaceLine(source, place.line, changed, `The setting ${key} is meant to be ${meant}.`);
  });
}

function unquoted(value: Settings[string]): Settings[string] {
  const isNumber = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber ? Number(value) : value;
}

/** Null for what is no JSON object. */
function parsed(text: string): Settings | null {
  try {
    const value: unknown = JSON.parse(text);
    return isSettings(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
