import { longest, textOf } from './bounded.ts';

/**
 * The grammar of an image reference as container runtimes parse it (distribution reference): an optional registry host
 * with port, lower-case path components, an optional tag and an optional digest.
 */
const host = String.raw`(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const tag = String.raw`[\w][\w.-]{0,127}`;
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const reference = new RegExp(`^(?:${host}/)?${component}(?:/${component})*(?::${tag})?(?:@${digest})?$`);

/** What is wrong with an image reference, in words, or undefined when it is well formed. It says nothing of existence. */
export function imageReferenceProblem(image: string): string | undefined {
  // First, so that nothing that is slow with long texts sees one, and no answer repeats it.
  if (image.length > longest.image)
    return `The image reference has ${image.length} characters; ${longest.image} is the most.`;
  if (image.trim() === '') return 'The image is empty.';
  if (/\s/.test(image)) return `The image reference "${image}" has white space in it.`;
  if (image.includes('://'))
    return `The image reference "${image}" is a URL; leave out the scheme ("${image.split('://')[1] ?? ''}").`;
  if (reference.test(image)) return undefined;
  if (/[A-Z]/.test(image.split('/').slice(1).join('/').split(/[:@]/)[0] ?? '') || reference.test(image.toLowerCase()))
    return `The image reference "${image}" has capital letters in its path; registries take lower case only.`;
  return `"${image}" is not an image reference; the form is [registry/]name[:tag], for example "ghcr.io/owner/image:1.2".`;
}

/** An image reference in the form that container runtimes accept. */
export const imageReferenceSchema = textOf(longest.image).superRefine((image, context) => {
  const problem = imageReferenceProblem(image);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});
