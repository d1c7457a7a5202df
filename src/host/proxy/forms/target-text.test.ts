import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { parseTargetText } from './target-text.ts';

describe('a host and a port', () => {
  test.each<[string, string, number | undefined, ('http' | 'https')?]>([
    ['db:5432', 'db', 5432],
    ['db', 'db', undefined],
    ['Grafana.Monitoring:3000', 'grafana.monitoring', 3000],
    ['db.ns.svc.cluster.local.:80', 'db.ns.svc.cluster.local', 80],
    ['my_service:1', 'my_service', 1],
    ['10.0.0.1:80', '10.0.0.1', 80],
    ['[2001:DB8::1]:8080', '2001:db8::1', 8080],
    ['[::1]', '::1', undefined],
    ['bücher.example:80', 'xn--bcher-kva.example', 80],
    ['localhost.:80', 'localhost', 80],
    ['LOCALHOST:80', 'localhost', 80],
    // However it is written, what a connection would reach is seen.
    ['127.1:80', '127.0.0.1', 80],
    ['2130706433:80', '127.0.0.1', 80],
    ['0x7f000001:80', '127.0.0.1', 80],
    ['0177.0.0.1:80', '127.0.0.1', 80],
    ['①②⑦.0.0.1:80', '127.0.0.1', 80],
    ['[::ffff:127.0.0.1]:80', '::ffff:7f00:1', 80],
    // As Kubernetes writes it in its proxy paths.
    ['https:db:9000', 'db', 9000, 'https'],
    ['http:db:8443', 'db', 8443, 'http'],
    ['https:[::1]:9000', '::1', 9000, 'https'],
    ['https:9000', 'https', 9000],
  ])('%s is %s, port %s', (text, host, port, scheme) => {
    expect(parseTargetText(text)).toEqual({ host, port, scheme });
  });

  test.each([
    ['', /empty/],
    ['a:0', /"0" is not a port/],
    ['a:65536', /"65536" is not a port/],
    ['a:http', /"http" is not a port/],
    ['a:', /"" is not a port/],
    ['a:80x', /"80x" is not a port/],
    ['a:-1', /"-1" is not a port/],
    [':80', /cannot be in a host name/],
    ['..', /neither a name nor an address/],
    ['..:80', /neither/],
    ['a..b:80', /neither/],
    ['.a:80', /neither/],
    ['1.2.3.4.5:80', /neither/],
    ['256.1.1.1:80', /neither/],
    ['[::g]:80', /cannot be in a host name/],
    ['[1.2.3.4]:80', /neither/],
    ['::1:80', /cannot be/],
    ['a/b:80', /cannot be/],
    ['a\\b:80', /cannot be/],
    ['user@a:80', /cannot be/],
    ['a b:80', /cannot be/],
    ['a\u0000:80', /neither|cannot/],
    ['a%00:80', /percent-encoding/],
    ['a%2f:80', /percent-encoding/],
    ['http://a:80', /it is a URL/],
    [`${'a'.repeat(64)}:80`, /neither/],
    ['a'.repeat(300), /too long/],
  ])('%j is refused', (text, message) => {
    expect(() => parseTargetText(text)).toThrow(GuildNetError);
    expect(() => parseTargetText(text)).toThrow(message);
  });
});
