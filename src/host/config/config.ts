import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { isDnsLabel } from '#contract/names.ts';
import { mostPresets, presetSchema } from '#contract/image-defaults.ts';
import { defaultPort } from '../access/front.ts';
import type { Front } from '../access/front.ts';
import { parseOperatorConfig } from '../operator/config.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { parseTargetText } from '../proxy/forms/target-text.ts';
import type { SettingsReport } from '#contract/settings.ts';
import { configFileIn, parseConfigFile, readConfigFile } from './config-file.ts';
import type { ReadConfigFile } from './config-file.ts';
import { completedEnvironment } from './completed-environment.ts';
import { givenSettings } from './given-settings.ts';
import type { GivenSettings, SettingFlags } from './given-settings.ts';
import { allSettings, hostSettings } from './settings-table.ts';
import type { SettingKey, SettingPlace } from './settings-table.ts';
import { settingsReport } from './settings-report.ts';
import { parseListenAddress } from './listen-address.ts';

/** An origin as browsers write it: scheme, host, port when it is not the scheme's own; nothing else. */
const origin = textOf(longest.url).transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '')
    return url.origin;
  context.addIssue({ code: 'custom', message: `"${text}" is not an origin; the form is https://host[:port]` });
  return z.NEVER;
});

const listen = textOf(longest.url).transform((text, context) => {
  const address = parseListenAddress(text);
  if (typeof address !== 'string') return address;
  context.addIssue({ code: 'custom', message: address });
  return z.NEVER;
});

/** A host that the proxy may be asked for, with a port or with all of its ports. */
const proxyTarget = textOf(300).transform((text, context) => {
  try {
    const { host, port } = parseTargetText(text);
    return { host, port };
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: error instanceof GuildNetError ? error.message : `"${text}" is no host`,
    });
    return z.NEVER;
  }
});

const yesOrNo = textOf(longest.url).pipe(
  z.stringbool({ error: (issue) => `"${String(issue.input)}" is neither "true" nor "false"` }),
);

const onOrOff = textOf(longest.url)
  .refine((text) => text === 'on' || text === 'off', {
    error: (issue) => `"${String(issue.input)}" is neither "on" nor "off"`,
  })
  .transform((text) => text === 'on');

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The address of what stands in front: an https origin, taken apart. */
const publicUrl = origin.transform((text, context): Front => {
  const url = new URL(text);
  if (url.protocol === 'https:') return { host: url.hostname, port: url.port === '' ? defaultPort : Number(url.port) };
  context.addIssue({ code: 'custom', message: `"${text}" is not served over https; sessions need it` });
  return z.NEVER;
});

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** Pages from there are the control UI's, so it may not be a server that somebody else can stand in for. */
const uiDevOrigin = origin.refine((text) => loopbackHost.test(new URL(text).hostname.replace(/^\[|\]$/g, '')), {
  error: (issue) =>
    `"${String(issue.input)}" is not on this computer; a development server elsewhere is brought here by ssh -L`,
});

const configSchema = z.object({
  /** Folder of everything the host keeps. */
  home: textOf(longest.path),
  listen,
  /** The one foreign origin whose pages may call the API. */
  frontendOrigin: origin.optional(),
  /** The UI's development server (Vite), reverse-proxied at `/` (specification, "Dev UI reverse-proxy"). */
  uiDevOrigin: uiDevOrigin.optional(),
  /** Where people find this host when something stands in front of it: used in links, redirects and checks. */
  publicUrl: publicUrl.optional(),
  /** token: who calls shows the token, or a session that came of it; off: everyone on this computer is the owner. */
  localAuth: z.enum(['token', 'off'], {
    error: (issue) => `"${String(issue.input)}" is neither "token" nor "off"`,
  }),
  /** Further `host[:port]` names under which the host is reached, for example behind a forwarded port. */
  allowedHosts: listOf(textOf(longest.url).min(1), 256),
  /** host: every workspace has an origin of its own; path: all live on the control origin under /proxy/server/. */
  originMode: z.enum(['host', 'path'], { error: (issue) => `"${String(issue.input)}" is neither "host" nor "path"` }),
  /** Hosts outside the cluster that `/proxy?to=` and AGENT_HOST may name. */
  proxyTargets: listOf(proxyTarget, 1000),
  /** The specification's "no allowlist": any host and port that this machine reaches may be named. */
  proxyAllowAnyTarget: yesOrNo,
  /** How bytes reach the workspaces: the best way that works, by port-forward alone, or by the pod-proxy subresource alone. */
  transport: z.enum(['auto', 'port-forward', 'pod-proxy'], {
    error: (issue) => `"${String(issue.input)}" is neither "auto" nor "port-forward" nor "pod-proxy"`,
  }),
  /** Workspaces are dialled at their own addresses, and the API server carries nothing of it. */
  disableApiProxy: yesOrNo,
  /** Whether opening a stopped workspace, or a program's request to one that was idle, starts it. */
  wake: onOrOff,
  /** Whether assets that workspaces call public are kept on this disk. */
  assetCache: onOrOff,
  /** A context of the kubeconfig; absent: the current one. */
  context: textOf(longest.path).optional(),
  namespace: textOf(longest.url)
    .refine(isDnsLabel, { error: (issue) => `"${String(issue.input)}" is not a namespace name` })
    .optional(),
  logLevel: z.enum(logLevels, {
    error: (issue) => `"${String(issue.input)}" is not a level; levels are ${logLevels.join(', ')}`,
  }),
  /** Presets from the configuration file; absent: the built-in ones. */
  presets: listOf(presetSchema, mostPresets).optional(),
});
export type HostConfig = z.infer<typeof configSchema>;
hostSettings satisfies Record<Exclude<keyof HostConfig, 'home'>, SettingPlace>;

/**
 * Where others can reach us, who may come in has to be said, and cannot be everyone. `isSaid`: it was configured; on loopback it
 * need not be.
 */
function refuseOpenDoors(isSaid: boolean): (config: HostConfig, context: z.RefinementCtx) => void {
  return ({ listen: { host, port }, localAuth }, context) => {
    if (loopbackHost.test(host)) return;
    const where = `${host}:${String(port)} can be reached from other computers`;
    if (localAuth === 'off')
      context.addIssue({ code: 'custom', path: ['localAuth'], message: `off is for loopback alone, and ${where}` });
    else if (!isSaid)
      context.addIssue({
        code: 'custom',
        path: ['listen'],
        message: `${where}, and no access rule is set; set LOCAL_AUTH=token to let in who has the token of this host`,
      });
  };
}

/** It would ask itself for its own pages. */
function refuseOwnPages({ listen, uiDevOrigin: asked }: HostConfig, context: z.RefinementCtx): void {
  if (asked === undefined) return;
  const { port, protocol } = new URL(asked);
  if (Number(port || (protocol === 'https:' ? 443 : 80)) !== listen.port) return;
  context.addIssue({ code: 'custom', path: ['uiDevOrigin'], message: `${asked} is where the host itself listens` });
}

/** Folder of everything the host keeps: `GUILDNET_HOME`, or `~/.guildnet`. */
export function homeFolder(env: NodeJS.ProcessEnv): string {
  return resolve(env['GUILDNET_HOME'] ?? join(homedir(), '.guildnet'));
}

/** A host's settings, what the command line said of them, and where each one comes from. */
export interface HostSettings {
  config: HostConfig;
  operator: OperatorConfig;
  /** The environment, completed by what was said elsewhere and is read from there. */
  env: NodeJS.ProcessEnv;
  flags: SettingFlags;
  report: SettingsReport;
}

/**
 * The host's settings: what the command line said first, then environment variables, then `<home>/config.yaml`, then defaults. An
 * empty variable counts as absent. Throws `bad_config` naming each flag, variable or file line that is wrong, and how.
 */
export async function readSettings(
  env: NodeJS.ProcessEnv,
  home = homeFolder(env),
  flags: SettingFlags = {},
): Promise<HostSettings> {
  const path = configFileIn(home);
  return settingsOf(env, { home, path, file: await readConfigFile(path), flags });
}

/** Whether the text could stand in the configuration file of a home folder. Throws `bad_config` as reading it would. */
export function checkConfigText(text: string, home: string): void {
  const path = configFileIn(home);
  settingsOf({}, { home, path, file: parseConfigFile(text, path), flags: {} });
}

interface Said {
  home: string;
  path: string;
  file: ReadConfigFile;
  flags: SettingFlags;
}

function settingsOf(env: NodeJS.ProcessEnv, { home, path, file, flags }: Said): HostSettings {
  const given = givenSettings(env, { path, ...file }, flags);
  const raw = Object.fromEntries(Object.entries(given).map(([key, one]) => [key, one.raw]));
  const schema = configSchema
    .superRefine(refuseOpenDoors(given.localAuth.source !== 'default'))
    .superRefine(refuseOwnPages);
  const parsed = schema.safeParse({ home, ...raw });
  const completed = completedEnvironment(env, given);
  const operator = parseOperatorConfig(completed, (setting) => placeOf(setting, given, path));
  if (parsed.success && 'config' in operator) {
    const report = settingsReport(env, path, given);
    return { config: parsed.data, operator: operator.config, env: completed, flags, report };
  }
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => `${placeOf(issue.path[0], given, path)}: ${issue.message}`),
    ...('problems' in operator ? operator.problems : []),
  ];
  throw new GuildNetError('bad_config', `${problems.join('\n')}.`, {
    remedy: 'Mend the value, or leave it out to use the default.',
    details: { problems },
  });
}

/** The same, where nobody asks where it comes from. */
export async function readConfig(
  env: NodeJS.ProcessEnv,
  home = homeFolder(env),
  flags: SettingFlags = {},
): Promise<HostConfig> {
  return (await readSettings(env, home, flags)).config;
}

/** Where what is wrong was said. */
function placeOf(key: PropertyKey | undefined, given: GivenSettings, path: string): string {
  if (!isSetting(key)) return path;
  const { source, from } = given[key];
  const place = allSettings[key];
  if (source === 'file') return `${from}: ${place.file ?? key}`;
  return source === 'default' ? (place.variable ?? key) : from;
}

function isSetting(key: PropertyKey | undefined): key is SettingKey {
  return typeof key === 'string' && Object.hasOwn(allSettings, key);
}
