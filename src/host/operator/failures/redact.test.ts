import { describe, expect, test } from 'vitest';
import { redact } from './redact.ts';

/** Made up, and put together here, so that nobody takes them for real ones. */
const made = {
  aws: ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  github: ['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_'),
  jwt: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'].join('.'),
  slack: ['xoxb', '123456789012', 'abcdefABCDEF'].join('-'),
  google: ['AIza', 'SyA1234567890abcdefghijklmnopqrstuv'].join(''),
  openai: ['sk', 'proj-abcdefghijklmnop1234'].join('-'),
  stripe: ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_'),
  gitlab: ['glpat', 'abcdefghij1234567890'].join('-'),
  vault: ['hvs', 'CAESIAbcdefghijklmnop'].join('.'),
  npm: ['npm', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_'),
};
const key = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7';
const pem = (kind: string, body = `${key}\n${key}`): string =>
  `-----BEGIN ${kind}PRIVATE KEY-----\n${body}\n-----END ${kind}PRIVATE KEY-----`;

/** The line, and what of it must not be left. */
const secret: readonly [line: string, gone: string][] = [
  ['postgres://app:hunter2@db:5432/app', 'hunter2'],
  ['could not connect to "mysql://root:s3cr3t!@10.0.0.7/x"', 's3cr3t'],
  ['redis://:p4ssw0rd@cache:6379/0: connection refused', 'p4ssw0rd'],
  ['amqp://guest:gu%40est@mq//: closed', 'gu%40est'],
  [`fatal: unable to access 'https://${made.github}@github.com/a/b.git/'`, made.github],
  ['https://oauth2:0123456789abcdef@gitlab.example/a.git', '0123456789abcdef'],
  ['https://0123456789abcdef0123456789abcdef01234567@example.com/', '0123456789abcdef0123456789abcdef01234567'],
  ['MongoServerError: mongodb+srv://u:pa:ss@cluster0.example.net', 'pa:ss'],
  [`Authorization: Bearer ${made.jwt}`, 'eyJ'],
  ['> authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['{"Authorization":"token abcdef123456"}', 'abcdef123456'],
  ['Proxy-Authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['sent Bearer abc.def-123456', 'abc.def-123456'],
  ['Set-Cookie: session=0a1b2c3d4e; Path=/', '0a1b2c3d4e'],
  ['Cookie: sid=0a1b2c3d4e; theme=dark', '0a1b2c3d4e'],
  [`jwt malformed: ${made.jwt}`, 'eyJzdWIi'],
  [`using key ${made.aws}`, made.aws],
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'wJalr'],
  [`AWS_ACCESS_KEY_ID=${made.aws}`, made.aws],
  [`slack: ${made.slack}`, made.slack],
  [`google ${made.google} refused`, made.google],
  [`Incorrect API key provided: ${made.openai}`, made.openai],
  [`stripe ${made.stripe}`, made.stripe],
  [`gitlab ${made.gitlab}`, made.gitlab],
  [`vault ${made.vault}`, made.vault],
  [`//registry.npmjs.org/:_authToken=${made.npm}`, made.npm],
  ['PASSWORD=hunter2', 'hunter2'],
  ['export DB_PASSWORD="correct horse battery"', 'correct horse'],
  ["PGPASSWORD='hunter2' psql", 'hunter2'],
  ['Server=db;User Id=sa;Password=hunter2;Encrypt=true', 'hunter2'],
  ['host=db user=app password=hunter2 dbname=app', 'hunter2'],
  ['DefaultEndpointsProtocol=https;AccountKey=abc123def456==;', 'abc123def456'],
  ['{"user":"a","password":"hunter2","x":1}', 'hunter2'],
  ["{'api_key': 'abc123def', 'n': 1}", 'abc123def'],
  ['password: hunter2', 'hunter2'],
  ['  client_secret: abc123def', 'abc123def'],
  ['Your token is: abc123def', 'abc123def'],
  ['http://127.0.0.1:8888/lab?token=0123456789abcdef', '0123456789abcdef'],
  ['GET /x?api_key=abc123def&page=2', 'abc123def'],
  ['mysqld --password=hunter2 --port=3306', 'hunter2'],
  ['/app --api-token abc123def --verbose', 'abc123def'],
  ['-Djavax.net.ssl.keyStorePassword=changeit', 'changeit'],
  ['spring.datasource.password=hunter2', 'hunter2'],
  ['secret => "abc123def"', 'abc123def'],
  ['X-Api-Key: abc123def', 'abc123def'],
  ['AGENT_DEFAULT_PASSWORD=changeme', 'changeme'],
  [pem('RSA '), key],
  [pem(''), key],
  [pem('OPENSSH '), key],
  [`key: ${pem('EC ', key)} and more`, key],
  [`-----BEGIN PRIVATE KEY-----\n${key}`, key],
  [`${key}\n${key}\n-----END PRIVATE KEY-----\nError: bad key`, key],
];

const innocent: readonly string[] = [
  'Error: Cannot find module "express"',
  'FATAL:  password authentication failed for user "app"',
  "Access denied for user 'root'@'10.0.0.1' (using password: YES)",
  "Access denied for user 'root'@'10.0.0.1' (using password: NO)",
  "KeyError: 'DB_PASSWORD'",
  'Environment variable SECRET_KEY is not set',
  'SyntaxError: Unexpected token: }',
  'SyntaxError: Unexpected token < in JSON at position 0',
  'Unexpected token: punc',
  'Error: secret "registry" not found',
  'password: required',
  'password is required: must be at least 8 characters',
  'api_key=None',
  'token=null',
  'password=${DB_PASSWORD}',
  'password=$PASSWORD',
  'password=<hidden>',
  'PASSWORD_FILE=/run/secrets/password',
  'secretName: registry',
  'tokenizer=gpt2',
  'max_tokens=4096',
  'num_tokens: 12',
  'tokens: 4096',
  'token_type=bearer',
  'password_min_length=8',
  'keyboard=us',
  'primary_key=id',
  '    connect(user=user, password=password)',
  '    token = next(tokens)',
  '    password = os.environ["PASSWORD"]',
  '    self.secret = config.load()',
  '    token = self._tokens[i]',
  'const secret = process.env.SECRET',
  '    at verifyToken (/app/auth.js:12:5)',
  'listening on http://0.0.0.0:8080/',
  'http://localhost:3000/users/@me',
  'npm ERR! code EACCES',
  'git@github.com: Permission denied (publickey).',
  'mailto:someone@example.com',
  'Using password from $PASSWORD',
  'Basic authentication is enabled',
  'The bearer of this certificate',
  'bind: address already in use 0.0.0.0:8080',
  'panic: runtime error: index out of range [5] with length 3',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'image ghcr.io/owner/image@sha256:9f86d081884c7d659a2feaa0c55ad015',
  '-----BEGIN CERTIFICATE-----',
  'Cookie policy accepted',
  'cookies: disabled',
  'request id 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
  'level=error msg="cannot open /etc/secret/key" err=ENOENT',
  'Traceback (most recent call last):',
];

describe('what looks like a secret', () => {
  test.for(secret)('goes: %s', ([line, gone]) => {
    expect(redact(line)).not.toContain(gone);
  });
  test.for(secret)('goes in the middle of a log: %s', ([line, gone]) => {
    const log = `starting\n${line}\nError: exit`;
    expect(redact(log)).not.toContain(gone);
    if (!gone.startsWith('MII')) expect(redact(log)).toMatch(/^starting\n[\s\S]*\nError: exit$/);
  });
  test.for(innocent.map((line) => [line] as const))('stays: %s', ([line]) => expect(redact(line)).toBe(line));

  test('what is left reads as it did', () => {
    expect(redact('postgres://app:hunter2@db/app: refused')).toBe('postgres://app:…@db/app: refused');
    expect(redact('{"password":"hunter2","x":1}')).toBe('{"password":"…","x":1}');
    expect(redact('GET /x?token=abc123&page=2 401')).toBe('GET /x?token=…&page=2 401');
  });

  test('twice is as once', () => {
    for (const [line] of secret) expect(redact(redact(line))).toBe(redact(line));
  });
});
