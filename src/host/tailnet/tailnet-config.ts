import { readFile } from 'node:fs/promises';
import { hostname as machineName } from 'node:os';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { isDnsLabel } from '#contract/names.ts';
import { tailnetModes } from '#contract/tailnet.ts';
import type { TailnetMode } from '#contract/tailnet.ts';
import { configFileIn, placeIn, readConfigFile } from '../config/config-file.ts';
import { parseListenAddress } from '../config/listen-address.ts';
import type { ListenAddress } from '../config/listen-address.ts';
import type { ConfigFile } from '../config/config-file.ts';

/** Tailscale's own control server. */
const defaultLoginServer = 'https://controlplane.tailscale.com';
const longestKey = 1_024;

/** How this host is to be on a tailnet. By itself, for the key in it must not get to where settings are shown. */
export interface TailnetConfig {
  mode: TailnetMode;
  /** Somebody wrote the mode down; else it follows from what else there is, and a choice by the API counts in its place. */
  isModeSaid?: boolean;
  loginServer: string;
  hostname: string;
  /** Used for a login until the node has an identity. */
  authKey: string | undefined;
  /** Where the tailscaled of this machine listens, for `system`. */
  socket: string;
  /** Where what a front of the machine's own passes on is taken, for `system`. */
  front?: ListenAddress | undefined;
}

const settingsSchema = z.object({
  mode: z.enum(tailnetModes, {
    error: (issue) => `"${String(issue.input)}" is neither ${tailnetModes.map((mode) => `"${mode}"`).join(' nor ')}`,
  }),
  loginServer: textOf(longest.url).refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
    error: (issue) => `"${String(issue.input)}" is not an address; the form is https://host[:port]`,
  }),
  socket: textOf(longest.path),
  hostname: textOf(longest.label).refine(isDnsLabel, {
    error: (issue) => `"${String(issue.input)}" is not a host name: small letters, digits and hyphens, 63 at most`,
  }),
});

/** Where tailscaled listens by itself (tailscale.com/paths). */
function usualSocket(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return String.raw`\\.\pipe\ProtectedPrefix\Administrators\Tailscale\tailscaled`;
    case 'darwin':
      return '/var/run/tailscaled.socket';
    default:
      return '/var/run/tailscale/tailscaled.sock';
  }
}

const sources = {
  socket: ['TS_SOCKET', 'tailnetSocket'],
  mode: ['GUILDNET_TAILNET', 'tailnet'],
  loginServer: ['TS_LOGIN_SERVER', 'tailnetLoginServer'],
  hostname: ['TS_HOSTNAME', 'tailnetHostname'],
} as const;

/**
 * The tailnet's settings (specification, "Tailscale (Headscale/Tailscale)": login server, auth key, hostname): environment
 * variables first, then the configuration file, then defaults. A host with a key or a control server is on its tailnet; one
 * without is not, unless GUILDNET_TAILNET says so. Throws `bad_config` naming what is wrong, never the key.
 */
export async function tailnetConfig(
  env: NodeJS.ProcessEnv,
  file: ConfigFile,
  placeOf: (key: string) => string = (key) => `config.yaml: ${key}`,
): Promise<TailnetConfig> {
  const variable = (name: string): string | undefined => env[name]?.trim() || undefined;
  const loginServer = variable('TS_LOGIN_SERVER') ?? file.tailnetLoginServer;
  const keyFile = variable('TS_AUTHKEY_FILE') ?? file.tailnetAuthKeyFile;
  const authKey = variable('TS_AUTHKEY') ?? (keyFile === undefined ? undefined : await readKey(keyFile));
  const configured = loginServer !== undefined || authKey !== undefined;
  const said = variable('GUILDNET_TAILNET')?.toLowerCase() ?? file.tailnet;
  const parsed = settingsSchema.safeParse({
    mode: said ?? (configured ? 'embedded' : 'off'),
    loginServer: loginServer ?? defaultLoginServer,
    socket: variable('TS_SOCKET') ?? file.tailnetSocket ?? usualSocket(process.platform),
    hostname: variable('TS_HOSTNAME') ?? file.tailnetHostname ?? ownName(machineName()),
  });
  const problems = (parsed.error?.issues ?? []).map((issue) => {
    const [name, inFile] = sources[issue.path[0] as keyof typeof sources];
    return `${variable(name) === undefined ? placeOf(inFile) : name}: ${issue.message}`;
  });
  if ((authKey?.length ?? 0) > longestKey) problems.push('TS_AUTHKEY: it is longer than any key');
  const frontText = variable('GUILDNET_TAILNET_FRONT') ?? file.tailnetFront;
  const front = frontText === undefined ? undefined : frontAddress(frontText, parsed.data?.mode);
  if (typeof front === 'string') problems.push(`GUILDNET_TAILNET_FRONT: ${front}`);
  else if (parsed.success && problems.length === 0)
    return { ...parsed.data, isModeSaid: said !== undefined, authKey, ...(front === undefined ? {} : { front }) };
  throw new GuildNetError('bad_config', `${problems.join('\n')}.`, {
    remedy: 'Mend the value, or leave it out to use the default.',
    details: { problems },
  });
}

/** `tailnetConfig` with the configuration file of this home. */
export async function readTailnetConfig(env: NodeJS.ProcessEnv, home: string): Promise<TailnetConfig> {
  const path = configFileIn(home);
  const { values, lineOf } = await readConfigFile(path);
  return tailnetConfig(env, values, (key) => `${placeIn(path, lineOf(key))}: ${key}`);
}

/** What this machine is called, as far as a tailnet can call it so. Pure. */
export function ownName(machine: string): string {
  const label = (machine.split('.')[0] ?? '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 50);
  const trimmed = label.replaceAll(/^[^a-z]+|-+$/g, '');
  return trimmed === '' ? 'guildnet' : `guildnet-${trimmed}`.slice(0, longest.label);
}

/** Where a front's requests are taken, or what is wrong with it, in words. */
function frontAddress(text: string, mode: TailnetMode | undefined): ListenAddress | string {
  const address = parseListenAddress(text);
  if (typeof address === 'string') return address;
  if (!['127.0.0.1', '::1', 'localhost'].includes(address.host))
    return `"${text}" is not of loopback, where a front of this machine finds it, and nobody else`;
  if (mode !== 'system') return 'it needs GUILDNET_TAILNET=system, which can tell who is behind a front';
  return address;
}

async function readKey(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new GuildNetError('bad_config', `The key file ${file} cannot be read: ${(cause as Error).message}.`, {
      remedy: 'Make it readable for the user who runs GuildNet, or set TS_AUTHKEY_FILE to another.',
      cause,
    });
  }
}
