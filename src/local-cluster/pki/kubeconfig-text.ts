import { stringify } from 'yaml';

export interface KubeconfigInputs {
  clusterName: string;
  server: string;
  user: string;
  /** PEM texts. */
  authority: string;
  certificate: string;
  key: string;
}

/** A kubeconfig with one context, complete in itself so that it can be copied elsewhere. */
export function kubeconfigText({ clusterName, server, user, authority, certificate, key }: KubeconfigInputs): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const name = `guildnet-${clusterName}`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [{ name: user, user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } }],
    contexts: [{ name, context: { cluster: name, user } }],
    'current-context': name,
  });
}
