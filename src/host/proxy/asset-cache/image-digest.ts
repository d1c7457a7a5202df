/**
 * The digest in what a node says of a container's image (`imageID`), which names it by content: `repository@sha256:…`, or the digest alone. Undefined for
 * what names nothing for good.
 */
export function imageDigest(imageId: string | undefined): string | undefined {
  return /(?:^|[@/])(sha256:[0-9a-f]{64})$/.exec(imageId ?? '')?.[1];
}
