/** What stands for a secret that was taken out. */
const mask = '…';

/** Names whose value is secret: `DB_PASSWORD`, `apiToken`, `aws_secret_access_key`; not `tokenizer`, `max_tokens`, `PASSWORD_FILE`. */
const name = String.raw`[\w.-]{0,64}?(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|private[_-]?key|secret[_-]?key|signing[_-]?key|encryption[_-]?key|auth[_-]?key|credentials?)`;
/** A value in quotes, or up to where a value ends in URLs, lists, connection strings and JSON. */
const value = String.raw`(?:"[^"]*"|'[^']*'|[^\s"'&;,)\]}]+)`;

/** Words that stand after a secret's name and are none: what is said about it, and code that handles it. */
const harmless =
  /^["']?(?:true|false|yes|no|none|null|nil|undefined|empty|unset|missing|required|invalid|expected|unexpected|incorrect|wrong|expired|not|is|was|must|cannot|could|failed|bearer|basic|string|str|redacted|hidden|\*+|x{3,}|\.{3}|…)["']?$|^\$|^%|^<|^\{|^[A-Za-z_][\w.]*[([]|^(?:self|this|os|process|config|settings|request|args|env)\.|^\W*$/i;

/** The value is let stand when it is a word about it, or only repeats the name, as code in a stack trace does. */
function valueless(key: string, given: string): boolean {
  return harmless.test(given) || key === given;
}

type Rule = [pattern: RegExp, replace: string | ((...found: string[]) => string)];

const rules: readonly Rule[] = [
  // Keys in PEM, also cut off at either end, as the end of a log is (RFC 7468).
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    mask,
  ],
  [/(?:^|\n)(?:[A-Za-z0-9+/=]{1,76}\r?\n)+-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g, `\n${mask}`],
  // The headers that carry credentials (RFC 9110, 11; RFC 6265).
  [
    /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token|digest|apikey)\s+)?)[^\s"',;]+/gi,
    `$1${mask}`,
  ],
  [/\b((?:bearer|basic)\s+)(?=[\w+/=.~-]*[\d+/=._~-])[\w+/=.~-]{8,}/gi, `$1${mask}`],
  [/\b((?:set-)?cookie["']?\s*:\s*)[^\n]*=[^\n]*/gi, `$1${mask}`],
  // User information in URLs (RFC 3986, 3.2.1); a name alone is one only where it looks like a token.
  [/(:\/\/[^\s/:@?#]{0,256}:)[^\s/@]{1,1024}@(?=[\w[])/g, `$1${mask}@`],
  [/(:\/\/)[\w-]{16,256}@(?=[\w[])/g, `$1${mask}@`],
  // What issuers themselves mark as theirs.
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|sk-|sk_(?:live|test)_|rk_live_|hf_|npm_|pypi-|dop_v1_|dckr_pat_|tskey-|hvs\.|shpat_|AKIA|ASIA|AIza|ya29\.|SG\.|AGE-SECRET-KEY-1)[\w.-]{12,1024}/g,
    mask,
  ],
  // JSON Web Tokens (RFC 7519): header and claims are JSON, and so begin alike.
  [/\beyJ[\w-]{8,4096}\.eyJ[\w-]*(?:\.[\w-]*)?/g, mask],
  // `NAME=value`, `--name=value`, `?name=value`, `"name": "value"`.
  [
    new RegExp(String.raw`((?:^|[^\w-])(?:--?)?(${name})["']?\s*=>?\s*)(${value})`, 'gi'),
    (whole, before, key, given) => (valueless(key ?? '', given ?? '') ? (whole ?? '') : `${before}${masked(given)}`),
  ],
  [
    new RegExp(String.raw`(["'](${name})["']\s*:\s*)(${value})`, 'gi'),
    (whole, before, key, given) => (valueless(key ?? '', given ?? '') ? (whole ?? '') : `${before}${masked(given)}`),
  ],
  // `Password: value` says one where nothing follows the value; more words are a sentence.
  [
    new RegExp(
      String.raw`((?:^|[^\w-])(?<!unexpected )(${name})(?:\s+is)?\s*:\s*)(${value})(?=\s*(?:$|[\n,;)]))`,
      'gim',
    ),
    (whole, before, key, given) => (valueless(key ?? '', given ?? '') ? (whole ?? '') : `${before}${masked(given)}`),
  ],
  // Two arguments: `--password value`.
  [
    new RegExp(String.raw`(\s--?${name}\s+)(?!-)(${value})`, 'gi'),
    (_whole, before, given) => `${before}${masked(given)}`,
  ],
];

/** Quotes stay, so that what is left reads as it did. */
function masked(given = ''): string {
  const quote = /^["']/.exec(given)?.[0] ?? '';
  return `${quote}${mask}${quote}`;
}

/**
 * A text of a program (the end of its log, above all) without what looks like a secret. Pure. When in doubt a value goes, and a sentence
 * about passwords stays. Values that are known to be secret are taken out by what they are (`hidden-values.ts`).
 */
export function redact(text: string): string {
  return rules.reduce((rest, [pattern, replace]) => apply(rest, pattern, replace), text);
}

function apply(text: string, pattern: RegExp, replace: Rule[1]): string {
  return typeof replace === 'string' ? text.replaceAll(pattern, replace) : text.replaceAll(pattern, replace);
}
