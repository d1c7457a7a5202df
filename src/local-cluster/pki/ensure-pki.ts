import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent, writeConfig } from '../write-file.ts';
import type { CertificateRequest, Issuer } from './certificate.ts';
import { kubeconfigText } from './kubeconfig-text.ts';
import { authorities, kubeconfigUsers, pkiPlan, type AuthorityName, type PkiInputs } from './pki-plan.ts';

export interface PkiFolders {
  pki: string;
  kubeconfigs: string;
  adminKubeconfig: string;
}

export interface PkiOptions extends PkiInputs {
  clusterName: string;
  server: string;
}

const renewBeforeMs = 90 * 86_400_000;

/**
 * Makes the keys, certificates and kubeconfigs of a cluster, or as much of them as is missing, about to expire,
 * or made for other addresses. Authorities and the service account key stay as long as they are valid, so what they signed stays good.
 */
export async function ensurePki(folders: PkiFolders, options: PkiOptions): Promise<void> {
  await mkdir(folders.pki, { recursive: true, mode: 0o700 });
  await chmod(folders.pki, 0o700);
  await ensureServiceAccountKey(folders.pki);
  const issuers = new Map<AuthorityName, Issuer>();
  for (const authority of authorities) {
    const request = { commonName: `guildnet-${authority}`, usage: 'ca' as const };
    issuers.set(
      authority,
      await ensurePair(folders.pki, authority, JSON.stringify(request), (key) => issue(request, key)),
    );
  }
  for (const { file, authority, ...request } of pkiPlan(options)) {
    const issuer = issuers.get(authority);
    if (issuer === undefined) throw new TypeError(`no authority ${authority}`);
    // The authority's certificate is part of what a leaf depends on.
    const inputs = JSON.stringify([request, digest(issuer.certificate)]);
    await ensurePair(folders.pki, file, inputs, (key) => issue(request, key, issuer));
  }
  await writeKubeconfigs(folders, options);
}

/** The library loads when there is something to issue: it takes a tenth of a second, and most starts find all on disk. */
async function issue(request: CertificateRequest, key: KeyObject, issuer?: Issuer): Promise<string> {
  await import('reflect-metadata');
  const { issueCertificate } = await import('./certificate.ts');
  return issueCertificate(request, key, issuer);
}

async function ensurePair(
  folder: string,
  file: string,
  inputs: string,
  make: (key: KeyObject) => Promise<string>,
): Promise<Issuer> {
  const at = (extension: string): string => join(folder, `${file}.${extension}`);
  const wanted = digest(inputs);
  const [key, certificate, made] = await Promise.all([
    readIfPresent(at('key')),
    readIfPresent(at('crt')),
    readIfPresent(at('inputs')),
  ]);
  if (key !== undefined && certificate !== undefined && made === wanted && !expiresSoon(certificate)) {
    return { key: createPrivateKey(key), certificate };
  }
  const fresh = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const issued = await make(fresh);
  await writeConfig(at('key'), fresh.export({ type: 'sec1', format: 'pem' }).toString());
  await writeConfig(at('crt'), issued, 0o644);
  // Last, so that an interrupted run makes the pair again.
  await writeConfig(at('inputs'), wanted, 0o644);
  return { key: fresh, certificate: issued };
}

async function ensureServiceAccountKey(folder: string): Promise<void> {
  const keyFile = join(folder, 'service-account.key');
  const existing = await readIfPresent(keyFile);
  const key =
    existing === undefined
      ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      : createPrivateKey(existing);
  await writeConfig(keyFile, key.export({ type: 'pkcs1', format: 'pem' }).toString());
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  await writeConfig(join(folder, 'service-account.pub'), publicKey, 0o644);
}

async function writeKubeconfigs(folders: PkiFolders, { server, clusterName }: PkiOptions): Promise<void> {
  const read = async (file: string): Promise<string> => (await readIfPresent(join(folders.pki, file))) ?? '';
  const authority = await read('ca.crt');
  for (const user of kubeconfigUsers) {
    const text = kubeconfigText({
      clusterName,
      server,
      authority,
      user,
      certificate: await read(`${user}.crt`),
      key: await read(`${user}.key`),
    });
    await writeConfig(user === 'admin' ? folders.adminKubeconfig : join(folders.kubeconfigs, user), text);
  }
}

function expiresSoon(certificate: string): boolean {
  return new X509Certificate(certificate).validToDate.getTime() - Date.now() < renewBeforeMs;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
