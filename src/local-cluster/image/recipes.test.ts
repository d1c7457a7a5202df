import { describe, expect, it } from 'vitest';
import { npmEnvironment } from './code-server-layer.ts';
import { mirrorOf } from './debian-layer.ts';

describe('mirrorOf', () => {
  it.each([
    [
      'Debian|Debian|main|http://mirror.test/debian/\nDebian|Debian-Security|main|http://security.test/\n',
      'http://mirror.test/debian/',
    ],
    ['Debian|Debian-Security|main|http://security.test/\n', undefined],
    ['Ubuntu|Ubuntu|main|http://mirror.test/ubuntu/\n', undefined],
    ['', undefined],
  ])('%j', (targets, mirror) => {
    expect(mirrorOf(targets)).toBe(mirror);
  });
});

describe('npmEnvironment', () => {
  it('keeps the way to the registry, and nothing of an outer npm’s project', () => {
    const base = {
      PATH: '/bin',
      npm_config_registry: 'http://registry.test/',
      npm_config_ignore_scripts: 'true',
      npm_config_local_prefix: '/project',
      npm_package_name: 'guildnet',
      npm_lifecycle_event: 'start',
    };
    expect(npmEnvironment(base, { npm_config_nodedir: '/node' })).toEqual({
      PATH: '/bin',
      npm_config_registry: 'http://registry.test/',
      npm_config_nodedir: '/node',
      npm_config_update_notifier: 'false',
      npm_config_fund: 'false',
      npm_config_audit: 'false',
    });
  });
});
