import type { UnreadVariable } from '#contract/settings.ts';
import { nearestNames } from '../workspaces/resource/nearest-names.ts';
import { allSettings } from './settings-table.ts';

/** Nobody else's variables begin so. */
const ourPrefixes = ['GUILDNET_', 'HOSTAPP_'] as const;

/** Read elsewhere than in the settings' own tables: by the command, the set-up, the desktop, and by what runs in a workspace. */
const readElsewhere = [
  'GUILDNET_CACHE',
  'GUILDNET_CODE_SERVER_AUTH',
  'GUILDNET_EXEC',
  'GUILDNET_HOME',
  'GUILDNET_INVOKED_AS',
  'GUILDNET_RESOLVING_ENVIRONMENT',
  'GUILDNET_TOKEN_FILE',
  'GUILDNET_UPDATES',
] as const;

/** What Kubernetes tells a container of a Service named guildnet (Services, "Environment variables"), and what our tests tell theirs. */
const notMeant =
  /^GUILDNET_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_.*)?)?)$|^GUILDNET_TEST_/;

/** Every variable of ours that something reads. */
export function readVariables(): string[] {
  const settings = Object.values(allSettings).flatMap(({ variable }) => variable ?? []);
  return [...settings, ...readElsewhere].filter((name) => ourPrefixes.some((prefix) => name.startsWith(prefix)));
}

/** The variables that are called like ours and that nothing reads, with the one that was probably meant; never a value. Pure. */
export function unreadVariables(env: NodeJS.ProcessEnv): UnreadVariable[] {
  const known = readVariables();
  return Object.keys(env)
    .filter((name) => ourPrefixes.some((prefix) => name.startsWith(prefix)))
    .filter((name) => env[name] !== undefined && !known.includes(name) && !notMeant.test(name))
    .toSorted()
    .slice(0, mostTold)
    .map((name) => {
      const variable = name.slice(0, longestName);
      const [nearest] = nearestNames(variable, known);
      return { variable, ...(nearest === undefined ? {} : { nearest }) };
    });
}

const mostTold = 20;
const longestName = 128;

/** The same in words. */
export function unreadText({ variable, nearest }: UnreadVariable): string {
  return `The variable ${variable} is none that GuildNet reads${nearest === undefined ? '' : `; ${nearest} is one`}.`;
}
