import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import { tokenEnd } from '../access/token-end.ts';
import type { Choice } from '../kubeconfig/choose.ts';
import { badKubeconfig } from '../kubeconfig/problem.ts';
import type { GivenCredential } from './exec-credential.ts';

/**
 * The kubeconfig's `auth-provider`, which plugins have replaced: kubectl still knows `oidc`, whose token client-node renews, and tells
 * of the others that they are gone. What is renewed is kept in memory. The returned function rejects with a GuildNetError.
 */
export function authProvider({ user }: Pick<Choice, 'user'>): () => Promise<GivenCredential> {
  const { name, config } = user.fields['auth-provider'] ?? {};
  const options = { ...config };
  let kept: Promise<KubeConfig> | undefined;
  /** Loaded for the few who have such a kubeconfig: the package is half as large as everything else in the host. */
  async function load(): Promise<KubeConfig> {
    const { KubeConfig: Loaded } = await import('@kubernetes/client-node');
    const kubeconfig = new Loaded();
    kubeconfig.loadFromClusterAndUser(
      { name: 'c', server: 'https://none.invalid', skipTLSVerify: false },
      { name: 'u', authProvider: { name: name ?? '', config: options } },
    );
    return kubeconfig;
  }
  return async () => {
    if (name !== 'oidc') {
      const words = `auth-provider.name of the user "${user.name}" is "${name ?? ''}", which kubectl knows no longer`;
      const remedy = 'Get a kubeconfig with a credential plugin (exec) from the cluster’s provider.';
      throw badKubeconfig(user.file, words, { line: user.line, remedy });
    }
    const request: RequestOptions = {};
    const fail = (cause?: unknown): GuildNetError =>
      new GuildNetError(
        'cluster_unauthorized',
        `The ID token of the kubeconfig's user "${user.name}" has expired and could not be renewed.`,
        {
          remedy: 'Log in to the identity provider again, then retry.',
          details: { program: 'oidc' },
          cause,
        },
      );
    const kubeconfig = await (kept ??= load());
    await kubeconfig.applyToHTTPSOptions(request).catch((cause: unknown) => {
      throw fail(cause);
    });
    const { Authorization: authorization } = (request.headers ?? {}) as OutgoingHttpHeaders;
    if (typeof authorization !== 'string') throw fail();
    return { credential: { authorization }, expiresAt: tokenEnd(authorization) };
  };
}
