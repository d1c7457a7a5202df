import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { isDnsLabel } from '#contract/names.ts';
import { isWorkspaceId } from '#contract/qualified-id.ts';

/** No link of ours is longer; what is longer is not looked into. */
export const longestLink = 4_096;
export const linkScheme = 'guildnet:';

/**
 * What a link may ask for. It comes from any page of the web and any program, so it only ever leads somewhere: to a workspace's page, or to the
 * form with an image and a name filled in, which the person sends or does not. Commands, variables and ports have no place
 * in it, as nobody reads them before they press the button.
 */
export const deepLinkSchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('open'), id: textOf(longest.name).refine(isWorkspaceId) }),
  z.object({
    to: z.literal('launch'),
    image: textOf(longest.image)
      .min(1)
      .regex(/^[!-~]+$/),
    name: textOf(longest.label).refine(isDnsLabel).optional(),
  }),
]);
export type DeepLink = z.infer<typeof deepLinkSchema>;

const launchFields = new Set(['image', 'name']);

/** The link that a text is, or why it is none that anything is done with. Source: the design, "Deep links". */
export function readDeepLink(text: string): DeepLink | { problem: string } {
  if (text.length > longestLink) return { problem: 'It is too long.' };
  if (!URL.canParse(text)) return { problem: 'It is no address.' };
  const url = new URL(text);
  if (url.protocol !== linkScheme) return { problem: `It does not begin with ${linkScheme}//.` };
  if (url.username !== '' || url.password !== '' || url.port !== '') return { problem: 'It names a person or a port.' };
  const read = url.hostname === 'open' ? readOpen(url) : url.hostname === 'launch' ? readLaunch(url) : undefined;
  if (read === undefined)
    return { problem: 'GuildNet has links that open and links that launch, and this is neither.' };
  if (typeof read === 'string') return { problem: read };
  const { data } = deepLinkSchema.safeParse(read);
  if (data !== undefined) return data;
  return {
    problem:
      read['to'] === 'open' ? 'It names no workspace.' : 'It names no image, or a name that no workspace can have.',
  };
}

function readOpen(url: URL): Record<string, string> | string {
  const path = /^\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  if (path === undefined) return 'It names no workspace.';
  if (url.search !== '') return 'A link that opens has nothing behind the name.';
  return { to: 'open', id: path };
}

function readLaunch(url: URL): Record<string, string> | string {
  if (url.pathname !== '' && url.pathname !== '/') return 'A link that launches has no path.';
  const fields = [...url.searchParams];
  const stranger = fields.find(([name]) => !launchFields.has(name))?.[0];
  if (stranger !== undefined) return 'It says more than an image and a name.';
  if (new Set(fields.map(([name]) => name)).size < fields.length) return 'It says the same thing twice.';
  return { to: 'launch', ...Object.fromEntries(fields) };
}

/** Where in the UI a link leads. */
export function pathOfLink(link: DeepLink): string {
  if (link.to === 'open') return `/workspaces/${encodeURIComponent(link.id)}`;
  const query = new URLSearchParams({ image: link.image, ...(link.name === undefined ? {} : { name: link.name }) });
  return `/launch?${query.toString()}&from=link`;
}

/** Whether an argument of the command line is meant as a link. */
export function isLink(argument: string): boolean {
  return argument.slice(0, linkScheme.length).toLowerCase() === linkScheme;
}
