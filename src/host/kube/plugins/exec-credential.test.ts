import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { execInfo, readExecCredential } from './exec-credential.ts';

const version = 'client.authentication.k8s.io/v1';
const printed = (status: unknown, apiVersion = version): string =>
  JSON.stringify({ kind: 'ExecCredential', apiVersion, status });

function thrownBy(text: string): unknown {
  try {
    return readExecCredential(text, version);
  } catch (error) {
    return error;
  }
}

describe('what a plugin printed', () => {
  test('a token, until when', () => {
    expect(readExecCredential(printed({ token: 't', expirationTimestamp: '2030-01-02T03:04:05Z' }), version)).toEqual({
      credential: { authorization: 'Bearer t' },
      expiresAt: new Date('2030-01-02T03:04:05Z'),
    });
  });

  test('a certificate', () => {
    expect(readExecCredential(printed({ clientCertificateData: 'c', clientKeyData: 'k' }), version)).toEqual({
      credential: { certificate: { cert: 'c', key: 'k' } },
      expiresAt: undefined,
    });
  });

  test('YAML', () => {
    const yaml = `kind: ExecCredential\napiVersion: ${version}\nstatus:\n  token: t\n`;
    expect(readExecCredential(yaml, version).credential).toEqual({ authorization: 'Bearer t' });
  });

  test.each([
    ['nothing', '', /ExecCredential is wanted/],
    ['words', 'hello', /ExecCredential is wanted/],
    ['what is neither', '{"a": [', /neither JSON nor YAML/],
    ['another object', JSON.stringify({ kind: 'Pod' }), /kind is not what it should be/],
    ['another version', printed({ token: 't' }, 'client.authentication.k8s.io/v1beta1'), /wants its version/],
    ['no status', printed(undefined), /neither a token nor a certificate/],
    ['an empty token', printed({ token: '' }), /neither a token nor a certificate/],
    ['a key alone', printed({ clientKeyData: 'k' }), /not both/],
    ['a token of two lines', printed({ token: 'a\nb' }), /line break/],
    ['a time that is none', printed({ token: 't', expirationTimestamp: 'tomorrow' }), /not a time/],
    ['a number for a token', printed({ token: 12345 }), /status\.token/],
  ])('%s is refused', (_what, text, words) => {
    expect(() => readExecCredential(text, version)).toThrow(words);
  });

  test('never shows what it was', () => {
    expect(inspect(thrownBy('status: {token: s3cret\nkind: ['))).not.toContain('s3cret');
    expect(inspect(thrownBy(printed({ token: 's3cret\n' })))).not.toContain('s3cret');
  });
});

describe('what a plugin is told', () => {
  const exec = { apiVersion: version, command: 'x', provideClusterInfo: true };
  const entry = { name: 'c', file: 'f', line: undefined };
  const cluster = {
    ...entry,
    fields: {
      server: 'https://c:6443',
      'tls-server-name': 'inner',
      'proxy-url': 'http://p:3128',
      extensions: [{ name: 'other' }, { name: 'client.authentication.k8s.io/exec', extension: { audience: 'a' } }],
    },
  };
  test('the cluster, where it wants to know it', () => {
    const user = { ...entry, fields: { exec } };
    expect(JSON.parse(execInfo({ cluster, user }, Buffer.from('CA'), false))).toEqual({
      kind: 'ExecCredential',
      apiVersion: version,
      spec: {
        interactive: false,
        cluster: {
          server: 'https://c:6443',
          'tls-server-name': 'inner',
          'certificate-authority-data': 'Q0E=',
          'proxy-url': 'http://p:3128',
          config: { audience: 'a' },
        },
      },
    });
  });

  test('nothing of it otherwise', () => {
    const user = { ...entry, fields: { exec: { ...exec, provideClusterInfo: false } } };
    expect(JSON.parse(execInfo({ cluster, user }, undefined, true))).toEqual({
      kind: 'ExecCredential',
      apiVersion: version,
      spec: { interactive: true },
    });
  });
});
