import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { parseQueryForm } from './query-form.ts';

describe('/proxy?to=&path=&scheme=', () => {
  test.each<[string, string, string, ('http' | 'https')?]>([
    ['to=db:80', 'db:80', '/'],
    ['to=db:80&path=', 'db:80', '/'],
    ['to=db:80&path=/x//y%2Fz/../w', 'db:80', '/x//y%2Fz/../w'],
    ['path=/x&to=db:80&scheme=HTTPS', 'db:80', '/x', 'https'],
    ['to=db%3A80&scheme=http', 'db:80', '/', 'http'],
    ['to=[::1]:80', '[::1]:80', '/'],
    ['to=%5B%3A%3A1%5D%3A80', '[::1]:80', '/'],
    // Everything else is the target's, in its order and bytes.
    ['b=2&to=db:80&a=%20+&&path=/x&a=1&c', 'db:80', '/x?b=2&a=%20+&&a=1&c'],
    ['to=db:80&path=/x?y=1', 'db:80', '/x?y=1'],
    ['to=db:80&path=/x?y=1&z=2', 'db:80', '/x?y=1&z=2'],
    ['to=db:80&path=/a=b', 'db:80', '/a=b'],
    // Encoded as a whole, it is decoded once.
    ['to=db:80&path=%2Fx%3Fa%3D1%26b%3D2', 'db:80', '/x?a=1&b=2'],
    ['to=db:80&path=%2Fa%252Fb&c=1', 'db:80', '/a%2Fb?c=1'],
    ['to=db:80&path=%2fa+b%23c', 'db:80', '/a%20b%23c'],
    ['to=db:80&path=%2F%00%0d%0a%7F%C3%A9', 'db:80', '/%00%0d%0a%7F%C3%A9'],
    ['to=db:80&path=%2Fa%zz', 'db:80', '/a%zz'],
    // Only these three, by exactly these names.
    ['to=db:80&To=x&paths=/y', 'db:80', '/?To=x&paths=/y'],
    ['%74o=db:80', 'db:80', '/'],
    ['to=db:80&%ff=1', 'db:80', '/?%ff=1'],
  ])('%s', (query, to, upstreamPath, scheme) => {
    expect(parseQueryForm(query)).toEqual({ to, scheme, upstreamPath });
  });

  test.each([
    ['', /"to" is missing/],
    ['path=/x', /"to" is missing/],
    ['to=a:80&to=b:80', /"to" is given twice/],
    ['to=a:80&path=/x&path=/y', /"path" is given twice/],
    ['to=a:80&path=x', /does not begin with a slash/],
    ['to=a:80&path=https://b/', /does not begin with a slash/],
    ['to=a:80&path=%5Cx', /does not begin with a slash/],
    ['to=a:80&scheme=ftp', /"ftp" is no scheme/],
    ['to=a:80&scheme=', /"" is no scheme/],
  ])('%s is refused', (query, message) => {
    expect(() => parseQueryForm(query)).toThrow(GuildNetError);
    expect(() => parseQueryForm(query)).toThrow(message);
  });
});
