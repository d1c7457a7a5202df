import { basename } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';

/** One place where a computer keeps the authorities that it trusts, and the program that puts one more there. */
export interface TrustStep {
  /** For people: whose place it is. */
  store: string;
  command: string;
  args: readonly string[];
  /** Why it cannot be run by this process; it is then shown to be run by somebody. */
  cannot?: string;
}

export interface TrustFacts {
  platform: NodeJS.Platform;
  /** The authority's certificate. */
  file: string;
  /** What it is called in lists. */
  name: string;
  isRoot: boolean;
  /** Folders with a database of Mozilla's NSS: Chromium's on Linux, and one for each profile of Firefox. */
  databases: readonly { store: string; folder: string }[];
  /** Whether a program is there. */
  has(program: string): boolean;
}

/**
 * What makes the browsers and programs of this computer trust an authority, in order. Pure. Linux: NSS' databases (certutil of libnss3-tools) and the
 * system's bundle (`update-ca-certificates` of Debian, `update-ca-trust` of Fedora, `trust` of p11-kit); macOS: the person's
 * login keychain (security(1)); Windows: the person's root store (certutil). The latter two ask the person themselves, too.
 */
export function planTrust(facts: TrustFacts): TrustStep[] {
  const { platform, file } = facts;
  if (platform === 'darwin')
    return [{ store: 'the login keychain', command: 'security', args: ['add-trusted-cert', '-r', 'trustRoot', file] }];
  if (platform === 'win32')
    return [{ store: "this person's root store", command: 'certutil.exe', args: ['-user', '-addstore', 'Root', file] }];
  if (platform === 'linux') return [...nssSteps(facts), ...systemSteps(facts)];
  throw new GuildNetError('unsupported', `Where ${platform} keeps the authorities that it trusts is not known.`, {
    remedy: `Import ${file} into your browser.`,
  });
}

function nssSteps({ databases, file, name, has }: TrustFacts): TrustStep[] {
  const cannot = has('certutil')
    ? {}
    : { cannot: 'certutil is not installed (Debian: libnss3-tools, Fedora: nss-tools)' };
  return databases.map(({ store, folder }) => ({
    store,
    command: 'certutil',
    args: ['-d', `sql:${folder}`, '-A', '-t', 'C,,', '-n', name, '-i', file],
    ...cannot,
  }));
}

function systemSteps({ file, isRoot, has }: TrustFacts): TrustStep[] {
  const store = "this computer's bundle";
  const cannot = isRoot ? {} : { cannot: 'it is for root' };
  // Each authority has a file of its own there: ca.crt, names-ca.crt.
  const kept = `guildnet-${basename(file)}`;
  const copied = (to: string, program: string): TrustStep[] => [
    { store, command: 'install', args: ['-m', '644', file, to], ...cannot },
    { store, command: program, args: [], ...cannot },
  ];
  if (has('update-ca-certificates'))
    return copied(`/usr/local/share/ca-certificates/${kept}`, 'update-ca-certificates');
  if (has('update-ca-trust')) return copied(`/etc/pki/ca-trust/source/anchors/${kept}`, 'update-ca-trust');
  if (has('trust')) return [{ store, command: 'trust', args: ['anchor', file], ...cannot }];
  return [];
}

/** The command as a person would write it in a shell. */
export function shellText({ command, args, cannot }: TrustStep): string {
  const words = [command, ...args].map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  return `${cannot === 'it is for root' ? 'sudo ' : ''}${words.join(' ')}`;
}
