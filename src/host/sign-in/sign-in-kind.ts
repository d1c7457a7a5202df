import type { V1EnvVar } from '@kubernetes/client-node';

/** What goes along with every request to a workspace's program, and makes it take whoever is in front of the host for its owner. */
export type Credential = { kind: 'cookie'; name: string; value: string } | { kind: 'authorization'; value: string };

/** A program that lets in who presents a secret, and how it is told of the secret. Pure. */
export interface SignInKind {
  /** The names of the variables by which the program is told who may come in. Who sets one of them wants to see to that alone. */
  variables: readonly string[];
  /** The variables that a random password becomes, each an entry of the workspace's Secret. */
  secret(password: string): Record<string, string>;
  /** What the container gets besides; nothing secret. */
  settings: readonly V1EnvVar[];
  /** What is presented, from the entries of the Secret; undefined when they are not all there. */
  credential(secret: Readonly<Record<string, string>>): Credential | undefined;
}
