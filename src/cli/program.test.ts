import { expect, test } from 'vitest';
import { chooseFreePorts } from '#local-cluster/free-port.ts';
import { guildnet } from '#test/cli/run.ts';

test.each([
  ['version', '1.2.3\n'],
  ['--version', '1.2.3\n'],
])('%s prints the version and nothing else', async (argument, stdout) => {
  expect(await guildnet(argument)).toEqual({ code: 0, stdout, stderr: '' });
});

test.each([
  'serve',
  'launch',
  'ls',
  'open',
  'shell',
  'exec',
  'cp',
  'env',
  'stop',
  'start',
  'restart',
  'restore',
  'rm',
  'homes',
  'status',
  'describe',
  'events',
  'ports',
  'forward',
  'forwards',
  'patch',
  'stop-all',
  'openapi',
  'debug',
  'doctor',
  'edit',
  'presets',
  'config',
  'init',
  'cert',
  'completion',
  'rbac',
  'crd',
  'version',
])('%s --help says how it is used, with examples', async (command) => {
  const { code, stdout } = await guildnet(command, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Usage: guildnet ${command}`));
  expect(stdout).toContain(`$ guildnet ${command}`);
});

test.each([
  [['lunch'], "unknown command 'lunch'"],
  [['ls', '--jsno'], "unknown option '--jsno'"],
  [['launch'], "missing required argument 'preset|image'"],
  [['stop', 'a', 'b'], 'too many arguments'],
  [['launch', 'a', '--command'], 'takes the program from behind "--"'],
  [['launch', 'a', '--toleration', 'gpu:Never'], 'Write a taint as key'],
  [['launch', 'a', '--exposure', 'NodePort'], 'Allowed choices are ClusterIP, LoadBalancer, Ingress'],
  [['launch', 'a', '--env', '=x'], 'The variable has no name'],
  [['launch', 'a', '--port', 'x'], 'Write a port from 1 to 65535'],
  [['open', 'a', '--port', '0'], 'Write a port from 1 to 65535'],
  [['launch', 'a', '--timeout', '0'], 'Write a whole number of seconds'],
  [['launch', 'a', '--name', 'My Box'], 'Use for example "my-box"'],
  [['launch', 'a', '--name', 'a'.repeat(300)], 'The name has 300 characters'],
  [['ls', '-o', 'xml'], 'Allowed choices are json, yaml, name, wide'],
  [['patch', 'a', '{spec: {imag: x}}'], 'Unrecognized key: "imag"'],
  [['forward', 'a'], "missing required argument 'port'"],
  [['forward', 'a', '80', 'http'], 'Write a port, 5432'],
  [['forward', 'a', '80', '81', '--socket', 'x'], 'A socket leads to one port: name one.'],
  [['patch', 'a'], "missing required argument 'patch'"],
  [['exec', 'a'], "missing required argument 'command'"],
  [['exec', 'a', '--'], 'no program is named'],
  [['cp', 'a:b'], "missing required argument 'to'"],
  [['rm'], "missing required argument 'id'"],
  [['homes', 'rm'], "missing required argument 'id'"],
  [['presets', 'add', 'a'], "missing required argument 'image'"],
  [['presets', 'add', 'a', 'b', '--port', 'x'], 'Write a port from 1 to 65535'],
  [['edit'], "missing required argument 'id'"],
  [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
])('%j is wrong usage: exit 2 and what is wrong', async (args, why) => {
  const { code, stdout, stderr } = await guildnet(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(why);
});

test('wrong usage with --json is an ErrorBody', async () => {
  const { code, stderr } = await guildnet('launch', 'a', '--json', '--port', 'x');
  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'bad_body' });
});

test.each([
  ['ls'],
  ['launch', 'a'],
  ['open'],
  ['open', 'a'],
  ['env', 'a', 'PASSWORD'],
  ['stop', 'a'],
  ['start', 'a'],
  ['restart', 'a'],
  ['restore', 'a'],
  ['homes'],
  ['homes', 'rm', 'a', '-y'],
  ['rm', 'a', '-y'],
  ['status'],
  ['describe', 'a'],
  ['events', 'a', '-o', 'yaml'],
  ['ports', 'a'],
  ['forward', 'a', '80'],
  ['forwards'],
  ['forwards', 'rm', '--all'],
  ['patch', 'a', '{}'],
  ['stop-all', '-y'],
  ['edit', 'a'],
  ['presets'],
  ['presets', 'remove', 'a'],
  ['config', '--running'],
  ['doctor', '--running'],
  ['openapi'],
  ['debug', 'proxy', 'a'],
])('%s without a host: exit 1, and how to start one', async (...args) => {
  const { code, stdout, stderr } = await guildnet(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error: No GuildNet host is running here\.\nStart it with "guildnet serve"/);
});

test('an error with --json is the ErrorBody on stderr', async () => {
  const { code, stderr } = await guildnet('ls', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'not_ready' });
});

test('a host that does not answer is an error, not a hang', async () => {
  const [unused] = await chooseFreePorts(1);
  const url = `https://127.0.0.1:${unused}`;
  const { code, stderr } = await guildnet('ls', '--host', url);
  expect(code).toBe(1);
  expect(stderr).toContain(`The host at ${url} cannot be reached: nothing listens there.`);
});

test.each([
  [['--host', 'localhost:8080'], 'is not the address of a host'],
  [['--host', 'https://localhost:1', '--ca', '/nonexistent/ca.pem'], 'cannot be read'],
])('%j is refused', async (args, why) => {
  const { code, stderr } = await guildnet('ls', ...args);
  expect(code).toBe(1);
  expect(stderr).toContain(why);
});
