import { describe, expect, test } from 'vitest';
import { containerPorts, proxyPort, schemeOf } from './ports.ts';

// Specification, "Operator Defaults & Hardening", Ports.

const http = { containerPort: 8080, name: 'http', protocol: 'TCP' };
const https = { containerPort: 8443, name: 'https', protocol: 'TCP' };

describe('container ports', () => {
  test.for([
    ['code-server has 8080 only', { image: 'codercom/code-server:4' }, [http]],
    ['any other has 8080 and 8443', { image: 'alpine' }, [http, https]],
    ['an empty list is no list', { image: 'alpine', ports: [] }, [http, https]],
    [
      'spec.ports wins',
      { image: 'codercom/code-server', ports: [{ containerPort: 3000, name: 'web', protocol: 'TCP' as const }] },
      [{ containerPort: 3000, name: 'web', protocol: 'TCP' }],
    ],
    [
      'a nameless port gets a name',
      { image: 'a', ports: [{ containerPort: 65_535 }] },
      [{ containerPort: 65_535, name: 'port-65535', protocol: 'TCP' }],
    ],
    [
      'a well-known one its own',
      { image: 'a', ports: [{ containerPort: 8080 }, { containerPort: 8443 }] },
      [http, https],
    ],
    [
      'unless it is taken',
      { image: 'a', ports: [{ containerPort: 1, name: 'http' }, { containerPort: 8080 }] },
      [
        { containerPort: 1, name: 'http', protocol: 'TCP' },
        { containerPort: 8080, name: 'port-8080-x', protocol: 'TCP' },
      ],
    ],
    [
      'the protocol is kept',
      { image: 'a', ports: [{ containerPort: 53, protocol: 'UDP' as const }] },
      [{ containerPort: 53, name: 'port-53', protocol: 'UDP' }],
    ],
  ] as const)('%s', ([, spec, ports]) => expect(containerPorts(structuredClone(spec) as never)).toEqual(ports));
});

// Specification, "Proxy Resolution Order".
describe('the port that the proxy goes to', () => {
  const port = (containerPort: number, protocol = 'TCP') => ({ containerPort, name: `p${containerPort}`, protocol });
  test.for([
    [[port(3000), port(8443), port(8080)], 8080],
    [[port(3000), port(8443)], 8443],
    [[port(3000), port(4000)], 3000],
    [[port(53, 'UDP'), port(3000)], 3000],
    [[port(53, 'UDP')], undefined],
    [[], undefined],
  ] as const)('%j → %s', ([ports, chosen]) => expect(proxyPort(ports)?.containerPort).toBe(chosen));

  test.for([
    [https, 'https'],
    [http, 'http'],
    [{ containerPort: 443, name: 'x', protocol: 'TCP' }, 'https'],
    [{ containerPort: 3000, name: 'https', protocol: 'TCP' }, 'https'],
    [{ containerPort: 3000, name: 'web', protocol: 'TCP' }, 'http'],
  ] as const)('%j is %s', ([one, scheme]) => expect(schemeOf(one)).toBe(scheme));
});
