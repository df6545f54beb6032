import { describe, expect, it } from 'vitest';
import { scrubAll, scrubber, secretsIn } from './scrub.ts';

const scrub = scrubber([]);
const letters = 'aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7bC9dE2f';

describe('the scrubber', () => {
  it('takes out what it knows, wherever it stands and whatever its form', () => {
    const knowing = scrubber(['correct horse', 'correct horse battery']);
    expect(knowing('x=correct horse battery;y=correct horse!')).toBe('x=[secret];y=[secret]!');
  });

  it('lets words be that are too short to be a secret', () => {
    expect(scrubber(['key', ''])('the key is a key')).toBe('the key is a key');
  });

  it.each([
    ['OpenAI', `sk-proj-${letters}`],
    ['Anthropic', `sk-ant-api03-${letters}`],
    ['Groq', `gsk_${letters}`],
    ['Hugging Face', `hf_${letters}`],
    ['Google', `AIza${letters.slice(0, 35)}`],
    ['AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['GitHub', `ghp_${letters.slice(0, 36)}`],
    ['Slack', `xoxb-123456789012-${letters.slice(0, 20)}`],
    ['a web token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${letters}`],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'],
  ])('knows a key of %s', (_, secret) => {
    expect(scrub(`it is "${secret}".`)).toBe('it is "[secret]".');
    expect(scrub(`KEY=${secret}`)).toBe('KEY=[secret]');
  });

  it('takes the token out of a header and the password out of an address', () => {
    expect(scrub('Authorization: Bearer abcdefghijklmnop0123')).toBe('Authorization: Bearer [secret]');
    expect(scrub('nats://coder:hunter2@host:4222')).toBe('nats://coder:[secret]@host:4222');
  });

  it.each([
    ['code', 'task-sk-learn = sk-1; mask-skills-of-many-people-in-one-place'],
    ['a hash', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['encoded data in which a form occurs', `gAAAAABo${letters}sk-${letters}${letters}`],
    ['an address without a password', 'https://host:8000/v1 and user@example.org'],
    ['a time', '12:30:05 @noon'],
    ['the names in a program', 'hf_sentence_transformer_embeddings(sk-learn-gradient-boosting-trees)'],
    ['a decorator after an address', String.raw`"url = 'http://localhost:8080'\n@app.get"`],
    ['JSON with an address and an @', '{"text":"http://host:80","to":"a@b"}'],
  ])('lets %s be', (_, text) => {
    expect(scrub(text)).toBe(text);
  });

  it('finds the secrets of an environment by the names of its variables', () => {
    const found = secretsIn({
      OPENAI_API_KEY: 'one',
      NATS_PASSWORD: 'two',
      HF_TOKEN: '',
      AWS_ACCESS_KEY_ID: 'four',
      HOME: 'three',
      A: undefined,
    });
    expect(found).toEqual(['one', 'two', 'four']);
  });

  it('goes through all texts of a value, and hands back the value itself where there is nothing', () => {
    const knowing = scrubber(['open sesame']);
    const value = { a: ['open sesame', 1, null], b: { c: 'say open sesame' } };
    expect(scrubAll(value, knowing)).toEqual({ a: ['[secret]', 1, null], b: { c: 'say [secret]' } });
    const clean = { a: [1, 'x'], b: { c: true } };
    expect(scrubAll(clean, knowing)).toBe(clean);
  });
});
