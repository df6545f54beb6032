import { describe, expect, it } from 'vitest';
import { objectionTo, parseUrl, type WebRules } from './web-rules.ts';

const open: WebRules = { access: 'open', deny: ['kaggle.com'] };
const docs: WebRules = { access: 'docs', deny: [] };
const objection = (text: string, rules: WebRules) => objectionTo(new URL(text), rules);

describe('a page of the web', () => {
  it.each([
    'https://scikit-learn.org/stable/modules/ensemble.html',
    'https://lightgbm.readthedocs.io/en/latest/',
    'https://huggingface.co/docs/timm/index',
    'http://numpy.org',
  ])('is documentation: %s', (text) => {
    expect(objection(text, docs)).toBeNull();
  });

  it.each([
    'https://huggingface.co/someone/solution',
    'https://scikit-learn.org.example.net/',
    'https://notnumpy.org/',
    'https://huggingface.co/docsandmore',
    'https://example.net/?x=numpy.org',
  ])('is none: %s', (text) => {
    expect(objection(text, docs)).toContain('not known as documentation');
  });

  it('may be any public one where the task is open, but for denied domains and all below them', () => {
    expect(objection('https://example.net/paper', open)).toBeNull();
    for (const text of [
      'https://kaggle.com/c/x',
      'https://www.KAGGLE.com/c/x',
      'https://a.b.kaggle.com./x',
    ]) {
      expect(objection(text, open)).toContain('kaggle.com are not allowed');
    }
    expect(objection('https://notkaggle.com/', open)).toBeNull();
  });

  it.each([
    'ftp://example.net/x',
    'file:///etc/passwd',
    'https://user:secret@example.net/',
    'http://example.net:8080/',
  ])('is nothing else, such as %s', (text) => {
    expect(objection(text, open)).not.toBeNull();
  });

  it('is not read at all where the task does not allow the web', () => {
    expect(objection('https://numpy.org', { access: 'off', deny: [] })).toContain('no pages');
  });

  it('has an address that can be read', () => {
    expect(parseUrl('numpy.org')).toBeNull();
    expect(parseUrl('https://numpy.org')?.hostname).toBe('numpy.org');
  });
});
