import { expect, test } from 'vitest';
import { isSecretEnv } from './secret-env.ts';

test.each([
  ['PASSWORD'],
  ['password'],
  ['HASHED_PASSWORD'],
  ['PGPASSWORD'],
  ['MYSQL_PWD'],
  ['DB_PASS'],
  ['SSH_KEY_PASSPHRASE'],
  ['API_TOKEN'],
  ['githubToken'],
  ['HF_TOKEN'],
  ['CLIENT_SECRET'],
  ['AWS_SECRET_ACCESS_KEY'],
  ['OPENAI_API_KEY'],
  ['APIKEY'],
  ['tls.key'],
  ['KEY'],
  ['GOOGLE_APPLICATION_CREDENTIALS'],
  ['SENTRY_DSN'],
  ['BASIC_AUTH'],
  ['SESSION_COOKIE'],
])('%s is secret by its name', (name) => {
  expect(isSecretEnv(name, 'x')).toBe(true);
  // One that is set to nothing hides nothing.
  expect(isSecretEnv(name, '')).toBe(false);
});

test.each([
  ['DATABASE_URL', 'postgres://me:pw@db.example/app'],
  ['INDEX', 'https://ghost@registry.example/simple'],
  ['CONNECTION', 'Server=db;User Id=me;Password=pw;'],
  ['UPSTREAM', 'https://blob.example/file?sv=1&sig=abc'],
  ['PEM', '-----BEGIN RSA PRIVATE KEY-----\nMII'],
  ['PEM', '-----BEGIN PRIVATE KEY-----\nMII'],
  ['X', 'ghp_0123456789abcdef'],
  ['X', 'export A=github_pat_0123456789abcdef'],
  ['X', 'AKIA0123456789ABCDEF'],
  ['X', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig'],
])('%s=%s is secret by its value', (name, value) => {
  expect(isSecretEnv(name, value)).toBe(true);
});

test.each([
  ['PORT', '8080'],
  ['LANG', 'C.UTF-8'],
  ['PWD', '/home/me'],
  ['KEYBOARD_LAYOUT', 'de'],
  ['COMPASS', 'north'],
  ['MONKEY', 'patch'],
  ['TOKENIZERS_PARALLELISM', 'false'],
  ['SSH_AUTH_SOCK', '/run/agent'],
  ['AUTHOR', 'me'],
  ['PATH', '/usr/bin'],
  ['PROXY', 'http://proxy.example:3128'],
  ['MAIL', 'me@example.org'],
  ['DATABASE_URL', 'sqlite:///data/app.db'],
  ['REPOSITORY', 'git@github.com:owner/name.git'],
])('%s=%s is not', (name, value) => {
  expect(isSecretEnv(name, value)).toBe(false);
});

test('a mebibyte of anything is looked at once', () => {
  for (const piece of ['a', ':', '://', '/', '-----BEGIN ', 'eyJ', 'x@', 'password']) {
    expect(typeof isSecretEnv('A', piece.repeat(1_048_576 / piece.length))).toBe('boolean');
  }
});
