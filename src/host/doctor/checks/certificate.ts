import type { Finding } from '#contract/doctor.ts';
import { readPair } from '../../certs/certificate-files.ts';
import type { ReadPair } from '../../certs/certificate-files.ts';
import { certificatePlaces } from '../../certs/describe-certificates.ts';
import { covers } from '../../certs/leaf.ts';
import { failed, ok, warning } from '../check.ts';
import type { Check } from '../check.ts';
import type { Patient } from '../patient.ts';

const day = 86_400_000;
const soonMs = 30 * day;

/** A certificate that may be served, and who would have to mend it. */
export interface FoundCertificate {
  file: string;
  /** The user's own files; GuildNet makes the others anew by itself. */
  own: boolean;
  read: ReadPair;
}

/** Of those that are there, in the order in which they are taken (specification, "Security & TLS"). `names`: that it has to be good for. Pure. */
export function judgeCertificates(
  found: readonly FoundCertificate[],
  names: readonly string[],
  now: number,
): Finding[] {
  const findings: Finding[] = [];
  let served: FoundCertificate | undefined;
  for (const one of found) {
    const { file, own, read } = one;
    if (read.kind === 'unusable')
      findings.push(
        own
          ? failed(`${read.why}; it is not used.`, `Replace or remove ${file} and its key.`)
          : warning(
              `${read.why}; the host makes a new one when it starts.`,
              'Start the host; browsers may have to be told of the new authority.',
            ),
      );
    if (read.kind !== 'usable' || served !== undefined) continue;
    served = one;
    const { validTo } = read.certificate;
    const left = Date.parse(validTo) - now;
    if (own && left < soonMs)
      findings.push(
        warning(`${file} expires on ${validTo}.`, 'Have it renewed; the host takes the new files when it starts.'),
      );
    const lacking = names.filter((name) => !covers(read.certificate, name));
    if (lacking.length > 0)
      findings.push(
        failed(
          `${file} is not good for ${lacking.join(', ')}, so browsers will refuse it there.`,
          `Put a certificate for ${lacking.join(', ')} at ./certs/server.crt and ./certs/server.key.`,
        ),
      );
  }
  if (findings.length > 0) return findings;
  return [
    served === undefined
      ? ok('There is no certificate yet; the host makes one when it starts.')
      : ok(`${served.file} can be served.`),
  ];
}

/** The names besides those of loopback, for which the host makes certificates by itself. */
function namesOf({ config }: Patient): string[] {
  return config?.publicUrl === undefined ? [] : [config.publicUrl.host];
}

export const certificate: Check = {
  id: 'certificate',
  title: 'Certificate',
  check: async (patient) => {
    const found = await Promise.all(
      certificatePlaces(patient.home, patient.certsFolder).map(async ({ file, key, own }) => ({
        file,
        own,
        read: await readPair({ cert: file, key }),
      })),
    );
    return judgeCertificates(found, namesOf(patient), Date.now());
  },
};
