import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { imageReferenceSchema } from '#contract/image-reference.ts';
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
    // A reference has no room for a scheme, a person or a password, nor for what is not of ASCII.
    image: imageReferenceSchema,
    name: textOf(longest.label).refine(isDnsLabel).optional(),
  }),
  z.object({ to: z.literal('form') }),
]);
export type DeepLink = z.infer<typeof deepLinkSchema>;

const launchFields = new Set(['image', 'name']);

/** Why nothing is done with a link, as a word that is said in the person's language (`problem.links` of the windows' words). */
export const linkProblems = [
  'tooLong',
  'noAddress',
  'otherScheme',
  'personOrPort',
  'otherVerb',
  'noWorkspace',
  'moreThanAName',
  'hasPath',
  'stranger',
  'twice',
  'noImage',
  'wrongImage',
  'wrongName',
] as const;
export type LinkProblem = (typeof linkProblems)[number];

/** A link that was read, as one start of the app hands it to another. */
export const readLinkSchema = z.union([deepLinkSchema, z.object({ problem: z.enum(linkProblems) })]);
export type ReadLink = z.infer<typeof readLinkSchema>;

/** The link that a text is, or why it is none that anything is done with. Source: the design, "Deep links". */
export function readDeepLink(text: string): ReadLink {
  if (text.length > longestLink) return { problem: 'tooLong' };
  if (!URL.canParse(text)) return { problem: 'noAddress' };
  const url = new URL(text);
  if (url.protocol !== linkScheme) return { problem: 'otherScheme' };
  if (url.username !== '' || url.password !== '' || url.port !== '') return { problem: 'personOrPort' };
  if (url.hostname === 'open') return readOpen(url);
  return url.hostname === 'launch' ? readLaunch(url) : { problem: 'otherVerb' };
}

function readOpen(url: URL): ReadLink {
  const id = /^\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  if (id === undefined) return { problem: 'noWorkspace' };
  if (url.search !== '') return { problem: 'moreThanAName' };
  return deepLinkSchema.safeParse({ to: 'open', id }).data ?? { problem: 'noWorkspace' };
}

function readLaunch(url: URL): ReadLink {
  // What the desktop entry's action asks for (`build/electron-builder.yml`): the form as it is when nothing is known.
  if (url.href === `${linkScheme}//launch`) return { to: 'form' };
  if (url.pathname !== '' && url.pathname !== '/') return { problem: 'hasPath' };
  const fields = [...url.searchParams];
  if (fields.some(([name]) => !launchFields.has(name))) return { problem: 'stranger' };
  if (new Set(fields.map(([name]) => name)).size < fields.length) return { problem: 'twice' };
  const { image = '', ...rest } = Object.fromEntries(fields);
  if (image === '') return { problem: 'noImage' };
  if (!imageReferenceSchema.safeParse(image).success) return { problem: 'wrongImage' };
  return deepLinkSchema.safeParse({ to: 'launch', image, ...rest }).data ?? { problem: 'wrongName' };
}

/** Where in the UI a link leads. */
export function pathOfLink(link: DeepLink): string {
  if (link.to === 'open') return `/workspaces/${encodeURIComponent(link.id)}`;
  if (link.to === 'form') return '/launch';
  const query = new URLSearchParams({ image: link.image, ...(link.name === undefined ? {} : { name: link.name }) });
  return `/launch?${query.toString()}&from=link`;
}

/** Whether an argument of the command line is meant as a link. */
export function isLink(argument: string): boolean {
  return argument.slice(0, linkScheme.length).toLowerCase() === linkScheme;
}
