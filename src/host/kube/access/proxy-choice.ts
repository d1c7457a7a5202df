import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/**
 * The proxy for a server, by the environment: `HTTPS_PROXY` or `HTTP_PROXY` after the server's scheme, unless `NO_PROXY` names it or
 * it is loopback; capitals go before small letters (Go, net/http.ProxyFromEnvironment, which is kubectl's). Undefined: none.
 */
export function proxyFor(server: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const secure = server.protocol === 'https:';
  const proxy = parseProxy(secure ? either(env, 'https_proxy') : either(env, 'http_proxy'));
  // A CGI program's HTTP_PROXY is what its client sent as a header (https://go.dev/s/cgihttpproxy).
  if (proxy === undefined || (!secure && env['REQUEST_METHOD'])) return undefined;
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const port = server.port === '' ? (secure ? '443' : '80') : server.port;
  return isLoopback(host) || isExcepted(host, port, either(env, 'no_proxy')) ? undefined : proxy;
}

export const either = (env: NodeJS.ProcessEnv, name: string): string => env[name.toUpperCase()] || env[name] || '';

/** `host:port` alone is an HTTP proxy. What is none at all is passed over, as Go does. */
export function parseProxy(text: string): URL | undefined {
  if (text === '') return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? URL.parse(text) : URL.parse(`http://${text}`);
  return url === null || url.hostname === '' ? undefined : url;
}

export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const kind = isIP(host);
  return kind === 4 ? host.startsWith('127.') : kind === 6 && loopback.check(host, 'ipv6');
}
const loopback = new BlockList();
loopback.addAddress('::1', 'ipv6');
loopback.addSubnet('127.0.0.0', 8, 'ipv4');

function isExcepted(host: string, port: string, exceptions: string): boolean {
  return exceptions
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .some((one) => one !== '' && (one === '*' || excepts(one, host, port)));
}

/** One entry of NO_PROXY: a network, an address, a name with all below it (`.name`, `*.name`: only those), the last two with a port. */
function excepts(entry: string, host: string, port: string): boolean {
  const network = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry);
  if (network !== null) return isWithin(host, network[1] ?? '', Number(network[2]));
  const [, name = '', only] = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry) ?? /^([^:]*):(\d+)$/.exec(entry) ?? ['', entry];
  if (name === '' || (only !== undefined && only !== port)) return false;
  if (isIP(name) !== 0) return isWithin(host, name, isIP(name) === 4 ? 32 : 128);
  if (isIP(host) !== 0) return false;
  const bare = name.replace(/^\*?\./, '');
  const ascii = domainToASCII(bare) || bare;
  return host.endsWith(`.${ascii}`) || (name === bare && host === ascii);
}

function isWithin(host: string, network: string, bits: number): boolean {
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
  if (isIP(host) === 0 || isIP(network) === 0 || bits > (family === 'ipv4' ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}
