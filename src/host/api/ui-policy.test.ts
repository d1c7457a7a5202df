import { expect, test } from 'vitest';
import { uiPolicy } from './ui-policy.ts';

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );

test('nothing but its own scripts, styles, fonts and connections', () => {
  const policy = directives(uiPolicy());
  expect(policy).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'self'",
    'frame-src': "'none'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  });
});

test.each([undefined, 'https://*.localhost:8080'])(
  'nothing inline, evaluated or from anywhere (frames: %s)',
  (frames) => {
    const policy = uiPolicy(frames);
    expect(policy).not.toMatch(/unsafe|(^|[\s;])\*($|[\s;])|https?:($|[\s;])/);
    expect(directives(policy)['frame-src']).toBe(frames ?? "'none'");
  },
);

test('the pages of a host of a tailnet may ask those of its domain besides, and nobody else', () => {
  const policy = directives(uiPolicy("'none'", 'https://*.tail.test'));
  expect(policy).toEqual({ ...directives(uiPolicy()), 'connect-src': "'self' https://*.tail.test" });
});
