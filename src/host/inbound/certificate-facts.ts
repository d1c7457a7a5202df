import type { X509Certificate } from 'node:crypto';
import { longest } from '#contract/bounded.ts';
import type { Problem } from '#contract/cluster.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import type { Leaf } from '../certs/leaf.ts';

/** Of whom the certificate is that peers see under the host's name. `own`: what is served without another. Pure. */
export function certificateFacts({
  issued,
  own,
  problem,
}: {
  issued: Leaf | undefined;
  own: X509Certificate | undefined;
  problem: Problem | undefined;
}): Pick<TailnetState, 'certificate'> {
  const certificate = issued?.certificate ?? own;
  if (certificate === undefined) return {};
  return {
    certificate: {
      kind: issued === undefined ? 'own' : 'tailnet',
      issuer: issuerOf(certificate.issuer),
      expires_at: new Date(certificate.validTo).toISOString(),
      ...(problem === undefined ? {} : { problem }),
    },
  };
}

/** The organisation and the name of whoever signed, as far as it has them: "Let's Encrypt R11". Node has an attribute a line. */
function issuerOf(lines: string): string {
  const attribute = (key: string): string | undefined =>
    lines
      .split('\n')
      .find((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1);
  const [organisation = '', name = ''] = [attribute('O'), attribute('CN')];
  const words = name.startsWith(organisation) ? name : `${organisation} ${name}`;
  return words.trim().slice(0, longest.name);
}
