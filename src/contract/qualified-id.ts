import { isDnsLabel } from './names.ts';

/**
 * The id of a workspace as it is known outside of its cluster: its name where it is in the context that the host works with, `name@label`
 * where it is in another that is open beside it. `@` is in no name of Kubernetes.
 */
export interface QualifiedId {
  /** Its name in its cluster. */
  id: string;
  /** Of its context; undefined: the one in use. */
  label?: string | undefined;
}

/** The text of it; the inverse of `readQualifiedId`. */
export function qualifiedId(id: string, label: string | undefined): string {
  return label === undefined ? id : `${id}@${label}`;
}

/** Its parts, whatever they are. */
export function readQualifiedId(text: string): QualifiedId {
  const at = text.lastIndexOf('@');
  return at === -1 ? { id: text } : { id: text.slice(0, at), label: text.slice(at + 1) };
}

/** True where both parts can be what they stand for. */
export function isWorkspaceId(text: string): boolean {
  const { id, label } = readQualifiedId(text);
  return isDnsLabel(id) && (label === undefined || isDnsLabel(label));
}
