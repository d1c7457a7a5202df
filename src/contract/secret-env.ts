/** Parts of a name that say "secret" wherever they stand, also without separators: `PGPASSWORD`, `githubToken`, `APIKEY`. */
const tellingParts =
  /password|passwd|passphrase|secret|token(?!iz)|credential|apikey|accesskey|privatekey|signingkey|encryptionkey/i;
/** Words that say it only when they stand alone: `DB_PASS` and `SSH_KEY`, but not `COMPASS` and `KEYBOARD`. */
const tellingWords = new Set([
  'key',
  'keys',
  'pass',
  'pwd',
  'dsn',
  'creds',
  'auth',
  'jwt',
  'pat',
  'cookie',
  'htpasswd',
]);
/** Names with such a word that hold nothing secret: the shell's folder, the agent's socket, how an IDE lets people in. */
const harmless = new Set(['pwd', 'oldpwd', 'ssh_auth_sock', 'git_askpass', 'ssh_askpass']);

/**
 * What a secret looks like under any name. Each expression looks at a value once: values may be a mebibyte long, and one
 * that is tried anew at every character would take hours.
 */
const tellingValues: readonly RegExp[] = [
  // A connection URL with user information (RFC 3986, 3.2.1): postgres://me:secret@db/app, https://token@host/.
  /:\/\/[^/?#\s@]{1,1024}@/,
  // A connection string: Server=db;User Id=me;Password=secret.
  /(?:password|passwd|pwd|secret|token|accountkey|sharedaccesskey|signature|sig)=[^\s;&]/i,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/,
  // What issuers themselves mark as theirs, so that it is found where it leaks.
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|sk-|sk_live_|rk_live_|hf_|npm_|pypi-|dop_v1_|tskey-|AKIA|ASIA|AIza)[\w-]{12}/,
  // A JSON Web Token.
  /\beyJ[\w-]{8,4096}\.eyJ/,
];

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

/** Whether a variable is secret by its name, or by what its value plainly is. When in doubt it is: who set it may ask for it. */
export function isSecretEnv(name: string, value: string): boolean {
  if (value === '') return false;
  if (!harmless.has(name.toLowerCase())) {
    if (tellingParts.test(name) || wordsOf(name).some((word) => tellingWords.has(word))) return true;
  }
  return tellingValues.some((pattern) => pattern.test(value));
}
