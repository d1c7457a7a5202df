import { GuildNetError } from './errors.ts';

/** RFC 1035 label: what every Kubernetes accepts as the name of a Service, and so of a Workspace. */
const dnsLabel = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const maxLabel = 63;
const suffixLength = 5;
/**
 * Names of new workspaces are no longer than this, so that `65535s--<name>`, the first label of the origin of any of its ports,
 * has at most 63 characters.
 */
const maxNewName = maxLabel - '65535s--'.length;
const maxBaseName = maxNewName - suffixLength - 1;

/** True when `name` can be the name of a Service, and so also a host name label (RFC 1035, 63 characters). */
export function isDnsLabel(name: string): boolean {
  return name.length <= maxLabel && dnsLabel.test(name);
}

/** No name and no image reference that anybody accepts is longer; a text of a megabyte is not read to its end for a label of 63. */
const mostRead = 4_096;

/**
 * The closest RFC 1035 label to `text`, of which the first 4,096 characters are looked at, at most `max` characters; empty when
 * nothing of it can be kept.
 */
export function toDnsLabel(text: string, max = maxLabel): string {
  const plain = text
    .slice(0, mostRead)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const lettered = /^[0-9]/.test(plain) ? `w-${plain}` : plain;
  return lettered.slice(0, max).replace(/-+$/, '');
}

/** The last path segment of an image reference without tag and digest: `ghcr.io/a/Code_Server:4@sha256:…` gives `code-server`. */
export function baseNameOfImage(image: string): string {
  const withoutDigest = image.split('@')[0] ?? '';
  const segment = withoutDigest.split('/').at(-1) ?? '';
  return toDnsLabel(segment.split(':')[0] ?? '') || 'workspace';
}

/**
 * The name that a person may ask for, checked: a Workspace's name becomes host names and labels, so only RFC 1035 labels
 * do, and room is left for the suffix. Throws `invalid_spec` saying which character or length is wrong.
 */
export function checkBaseName(name: string): string {
  const suggestion = toDnsLabel(name, maxBaseName);
  const remedy = suggestion === '' ? 'Use lower-case letters, digits and hyphens.' : `Use for example "${suggestion}".`;
  if (name.length > maxBaseName) {
    throw new GuildNetError('invalid_spec', `The name has ${name.length} characters; ${maxBaseName} is the most.`, {
      remedy,
      details: { field: 'name' },
    });
  }
  if (!isDnsLabel(name)) {
    throw new GuildNetError(
      'invalid_spec',
      `The name "${name}" is not usable: it becomes a host name, so it may hold only lower-case letters, digits and hyphens, must begin with a letter and end with a letter or digit.`,
      { remedy, details: { field: 'name' } },
    );
  }
  return name;
}

/**
 * `<base>-<aaaaa>`: the base shortened so that all fits in 55 characters, then five hex digits
 * (specification, "Multiple Workspaces & Name Generation"). `randomHex` yields at least five hex digits.
 */
export function suffixedName(base: string, randomHex: string): string {
  const suffix = randomHex.slice(0, suffixLength);
  const room = toDnsLabel(base, maxBaseName) || 'workspace';
  return `${room}-${suffix}`;
}
