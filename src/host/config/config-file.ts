import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { mostPresets, presetSchema } from '#contract/image-defaults.ts';
import { GuildNetError } from '#contract/errors.ts';

const setting = textOf(longest.url);
/** `<home>/config.yaml`: the same settings as the environment variables, and the presets. Unknown keys are mistakes. */
const fileSchema = z.strictObject({
  listen: setting.optional(),
  frontendOrigin: setting.optional(),
  uiDevOrigin: setting.optional(),
  publicUrl: setting.optional(),
  localAuth: setting.optional(),
  allowedHosts: listOf(setting, 256).optional(),
  proxyOriginMode: setting.optional(),
  proxyTargets: listOf(setting, 1000).optional(),
  proxyAllowAnyTarget: z.boolean().optional(),
  transport: setting.optional(),
  disableApiProxy: z.boolean().optional(),
  assetCache: setting.optional(),
  wake: setting.optional(),
  kubeconfig: setting.optional(),
  context: setting.optional(),
  namespace: setting.optional(),
  logLevel: setting.optional(),
  tailnet: setting.optional(),
  tailnetLoginServer: setting.optional(),
  tailnetHostname: setting.optional(),
  /** Where the tailscaled of this machine listens. */
  tailnetSocket: setting.optional(),
  /** Where a front of this machine passes on requests. */
  tailnetFront: setting.optional(),
  /** The file with the key, and never the key: people show each other their configuration. */
  tailnetAuthKeyFile: setting.optional(),
  imagePullSecret: setting.optional(),
  workspaceLb: z.boolean().optional(),
  workspaceLbPool: setting.optional(),
  workspaceDomain: setting.optional(),
  ingressClassName: setting.optional(),
  certManagerIssuer: setting.optional(),
  ingressAuthUrl: setting.optional(),
  ingressAuthSignin: setting.optional(),
  workspaceNetworkPolicy: z.boolean().optional(),
  presets: listOf(presetSchema.strict(), mostPresets)
    .refine((presets) => presets.length > 0, 'expected at least one preset')
    .optional(),
});
export type ConfigFile = z.infer<typeof fileSchema>;

/** What may stand in the file. */
export const configFileKeys: readonly string[] = Object.keys(fileSchema.shape);

/** The configuration file of a home folder. */
export function configFileIn(home: string): string {
  return join(home, 'config.yaml');
}

/** Where in a file something stands, as people and their editors write it; the line is undefined where it is not in it. */
export function placeIn(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${String(line)}`;
}

interface Problem {
  line: number | undefined;
  text: string;
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  // The nearest node that exists: a missing key is reported at its parent.
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line;
    }
  }
  return undefined;
}

function refuse(file: string, problems: readonly Problem[]): never {
  const texts = problems.map(({ line, text }) => `${placeIn(file, line)}: ${text}`);
  throw new GuildNetError('bad_config', texts.join('\n'), {
    remedy: `Mend ${file}, or move it away to use the defaults.`,
    details: { file, problems: texts },
  });
}

/** A configuration file as it was read: its values, and where each key stands. */
export interface ReadConfigFile {
  values: ConfigFile;
  lineOf(key: string): number | undefined;
}

/** Parses the text of a configuration file. Throws `bad_config` naming the file, the line and every problem. */
export function parseConfigFile(text: string, file: string): ReadConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    // The parser says of one mistake the same several times.
    const said = new Map(
      document.errors.map(({ pos, message }) => {
        const { line } = lines.linePos(pos[0]);
        return [`${String(line)} ${message}`, { line, text: message }];
      }),
    );
    refuse(file, [...said.values()]);
  }
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) {
    return {
      values: parsed.data,
      lineOf: (key) => keyLine(document, lines, [key]),
    };
  }
  return refuse(
    file,
    parsed.error.issues.map((issue) => ({
      line: strangeKeyLine(document, lines, issue) ?? lineOf(document, lines, issue.path),
      text: `${issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `}${issue.message}`,
    })),
  );
}

/** Of keys that nobody knows the first one: it is in the file, and its line is the one to mend. */
function strangeKeyLine(document: Document, lines: LineCounter, issue: z.core.$ZodIssue): number | undefined {
  return issue.code === 'unrecognized_keys'
    ? keyLine(document, lines, [...issue.path, issue.keys[0] ?? ''])
    : undefined;
}

/** Where a key itself stands: its value may begin further down. */
function keyLine(document: Document, lines: LineCounter, [...path]: readonly PropertyKey[]): number | undefined {
  const key = path.pop();
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key: node }) => isScalar(node) && node.value === key);
  const at = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  return at === undefined ? undefined : lines.linePos(at).line;
}

/** Reads a configuration file; an absent one is an empty one. */
export async function readConfigFile(file: string): Promise<ReadConfigFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { values: {}, lineOf: () => undefined };
    throw new GuildNetError('bad_config', `${file} cannot be read: ${(error as Error).message}.`, {
      remedy: 'Make it readable, or move it away to use the defaults.',
      details: { file },
      cause: error,
    });
  }
  return parseConfigFile(text, file);
}
