import type { Choice } from '../kubeconfig/choose.ts';
import type { PluginRegistry } from '../plugins/plugin-registry.ts';
import { fixedCredential } from './credential.ts';
import type { CredentialSource } from './credential.ts';
import { tokenFileCredential } from './token-file.ts';

/**
 * Where the user's credentials come from: a token or its file, user and password, a program; in this order, as client-go has it
 * (transport.HTTPWrappersForConfig, exec.UpdateTransportConfig). A client certificate of the kubeconfig is TLS's part.
 */
export function credentialSourceOf(
  choice: Choice,
  plugins: PluginRegistry,
  authority: () => Promise<Buffer | undefined>,
): CredentialSource {
  const { server, user } = choice;
  const { token, tokenFile, username, password } = user.fields;
  // In the clear, nobody is told who we are (clientcmd, ClientConfig: "only try to read the auth information if we are secure").
  if (server.protocol !== 'https:') return fixedCredential({});
  if (tokenFile) return tokenFileCredential(user, tokenFile, token || undefined);
  if (token) return fixedCredential({ authorization: `Bearer ${token}` });
  if (username || password) return fixedCredential({ authorization: basic(username ?? '', password ?? '') });
  // Whoever has a certificate needs no program.
  const certificate = user.fields['client-certificate'] || user.fields['client-certificate-data'];
  if ((!certificate && user.fields.exec) || user.fields['auth-provider']) return plugins.pluginOf(choice, authority);
  if (server.username !== '')
    return fixedCredential({
      authorization: basic(decodeURIComponent(server.username), decodeURIComponent(server.password)),
    });
  return fixedCredential({});
}

const basic = (name: string, password: string): string =>
  `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
