import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { isDnsLabel } from '#contract/names.ts';
import { mostPresets, presetSchema } from '#contract/image-defaults.ts';
import { defaultPort } from '../access/front.ts';
import type { Front } from '../access/front.ts';
import { parseTargetText } from '../proxy/forms/target-text.ts';
import { readConfigFile } from './config-file.ts';
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

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The address of what stands in front: an https origin, taken apart. */
const publicUrl = origin.transform((text, context): Front => {
  const url = new URL(text);
  if (url.protocol === 'https:') return { host: url.hostname, port: url.port === '' ? defaultPort : Number(url.port) };
  context.addIssue({ code: 'custom', message: `"${text}" is not served over https; sessions need it` });
  return z.NEVER;
});

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

const configSchema = z.object({
  /** Folder of everything the host keeps. */
  home: textOf(longest.path),
  listen,
  /** The one foreign origin whose pages may call the API. */
  frontendOrigin: origin.optional(),
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
  /** Whether opening a stopped workspace, or a program's request to one that was idle, starts it. */
  wake: textOf(longest.url)
    .refine((text) => text === 'on' || text === 'off', {
      error: (issue) => `"${String(issue.input)}" is neither "on" nor "off"`,
    })
    .transform((text) => text === 'on'),
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

/**
 * Where others can reach us, who may come in has to be said, and cannot be everyone. `said` is what was configured: on
 * loopback nothing needs to be.
 */
function refuseOpenDoors(said: string | undefined): (config: HostConfig, context: z.RefinementCtx) => void {
  return ({ listen: { host, port }, localAuth }, context) => {
    if (loopbackHost.test(host)) return;
    const where = `${host}:${String(port)} can be reached from other computers`;
    if (localAuth === 'off')
      context.addIssue({ code: 'custom', path: ['localAuth'], message: `off is for loopback alone, and ${where}` });
    else if (said === undefined)
      context.addIssue({
        code: 'custom',
        path: ['listen'],
        message: `${where}, and no access rule is set; set LOCAL_AUTH=token to let in who has the token of this host`,
      });
  };
}

/** Where a setting came from, so that an error can name it: variable and key in the file. */
const sources = {
  listen: ['LISTEN_LOCAL', 'listen'],
  frontendOrigin: ['FRONTEND_ORIGIN', 'frontendOrigin'],
  publicUrl: ['GUILDNET_PUBLIC_URL', 'publicUrl'],
  localAuth: ['LOCAL_AUTH', 'localAuth'],
  allowedHosts: ['GUILDNET_ALLOWED_HOSTS', 'allowedHosts'],
  originMode: ['PROXY_ORIGIN_MODE', 'proxyOriginMode'],
  proxyTargets: ['PROXY_TARGETS', 'proxyTargets'],
  proxyAllowAnyTarget: ['PROXY_ALLOW_ANY_TARGET', 'proxyAllowAnyTarget'],
  wake: ['GUILDNET_WAKE', 'wake'],
  namespace: ['GUILDNET_NAMESPACE', 'namespace'],
  logLevel: ['LOG_LEVEL', 'logLevel'],
} as const;

function isSourced(key: PropertyKey | undefined): key is keyof typeof sources {
  return typeof key === 'string' && key in sources;
}

/** Folder of everything the host keeps: `GUILDNET_HOME`, or `~/.guildnet`. */
export function homeFolder(env: NodeJS.ProcessEnv): string {
  return resolve(env['GUILDNET_HOME'] ?? join(homedir(), '.guildnet'));
}

/**
 * The host's settings: environment variables first, then `<home>/config.yaml`, then defaults. An empty variable counts
 * as absent. Throws `bad_config` naming each variable or file line that is wrong, and how.
 */
export async function readConfig(env: NodeJS.ProcessEnv, home = homeFolder(env)): Promise<HostConfig> {
  const path = join(home, 'config.yaml');
  const file = await readConfigFile(path);
  const variable = (name: string): string | undefined => env[name]?.trim() || undefined;
  const listed = (name: string): string[] | undefined =>
    variable(name)
      ?.split(',')
      .map((entry) => entry.trim());
  const hosts = listed('GUILDNET_ALLOWED_HOSTS')?.map((host) => host.toLowerCase());
  const auth = variable('LOCAL_AUTH')?.toLowerCase() ?? file.localAuth;
  const parsed = configSchema.superRefine(refuseOpenDoors(auth)).safeParse({
    home,
    listen: variable('LISTEN_LOCAL') ?? file.listen ?? '127.0.0.1:8080',
    frontendOrigin: variable('FRONTEND_ORIGIN') ?? file.frontendOrigin,
    publicUrl: variable('GUILDNET_PUBLIC_URL') ?? file.publicUrl,
    localAuth: auth ?? 'token',
    allowedHosts: hosts ?? file.allowedHosts ?? [],
    originMode: variable('PROXY_ORIGIN_MODE') ?? file.proxyOriginMode ?? 'host',
    proxyTargets: listed('PROXY_TARGETS') ?? file.proxyTargets ?? [],
    proxyAllowAnyTarget: variable('PROXY_ALLOW_ANY_TARGET') ?? String(file.proxyAllowAnyTarget ?? false),
    wake: variable('GUILDNET_WAKE')?.toLowerCase() ?? file.wake ?? 'on',
    namespace: variable('GUILDNET_NAMESPACE') ?? file.namespace,
    logLevel: variable('LOG_LEVEL')?.toLowerCase() ?? file.logLevel ?? 'info',
    presets: file.presets,
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const key = issue.path[0];
    if (!isSourced(key)) return `${path}: ${issue.message}`;
    const [name, inFile] = sources[key];
    return `${variable(name) === undefined ? `${path}: ${inFile}` : name}: ${issue.message}`;
  });
  throw new GuildNetError('bad_config', `${problems.join('\n')}.`, {
    remedy: 'Mend the value, or leave it out to use the default.',
    details: { problems },
  });
}
