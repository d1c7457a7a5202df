import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { DescribedCertificate } from '#host/certs/describe-certificates.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import type { OutputOptions } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import { addCertGenerate } from './cert-generate.ts';
import { addCertTrust } from './cert-trust.ts';
import { exampleText } from './host-command.ts';

/** Shows the certificates of a host here, makes others, and has what signs them trusted. Needs no host. */
export function addCert(program: Command, context: CliContext): void {
  const certsFolder = async (): Promise<string> => join(await homeOf(context), 'state', 'certs');
  const cert = program
    .command('cert')
    .description('Show which certificate is served here, and print the authority that browsers may be told of')
    .option('--json', 'print JSON for programs')
    .addHelpText('after', exampleText(['cert', 'cert trust', 'cert export > guildnet-ca.crt']))
    .action(async (options: OutputOptions) => {
      const { certificatePlaces, describeCertificates } = await import('#host/certs/describe-certificates.ts');
      const found = await describeCertificates(certificatePlaces(await homeOf(context), resolve('certs')));
      (await createOutput(context, options)).result(found, () => certificateTable(found));
    });
  cert
    .command('export')
    .description('Print the certificates of the authorities that sign what GuildNet makes (PEM); their keys stay')
    .addHelpText('after', exampleText(['cert export > guildnet-ca.crt']))
    .action(async () => {
      const [own, ...others] = (await import('#host/certs/shown-authorities.ts')).authorityFiles(await certsFolder());
      context.stdout.write(await authorityIn(own ?? ''));
      for (const file of others) if (existsSync(file)) context.stdout.write(await authorityIn(file));
    });
  addCertGenerate(cert, context, certsFolder);
  addCertTrust(cert, context, certsFolder);
}

async function homeOf({ env }: CliContext): Promise<string> {
  const { defaultPaths } = await import('#local-cluster/paths.ts');
  return defaultPaths(env).home;
}

async function authorityIn(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    return text.endsWith('\n') ? text : `${text}\n`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new GuildNetError(
      'bad_config',
      code === 'ENOENT' ? 'There is no authority yet.' : `${file} cannot be read (${code}).`,
      {
        remedy: code === 'ENOENT' ? 'The host makes one when it first starts: guildnet serve.' : 'Run it as its owner.',
        cause: error,
      },
    );
  }
}

/** A paragraph for each that is there. */
export function certificateTable(found: readonly DescribedCertificate[]): string {
  const there = found.filter(({ state }) => state !== 'absent');
  if (there.length === 0) return 'There is no certificate yet; the host makes one when it starts.';
  return there
    .map(({ file, state, why, names, issuer, valid_to: validTo, fingerprint }) =>
      formatTable(
        [
          [state, file],
          ['', why],
          ['  for', names],
          ['  until', validTo],
          ['  issued by', issuer],
          ['  fingerprint', fingerprint],
        ].filter((row): row is [string, string] => row[1] !== undefined),
      ),
    )
    .join('\n\n');
}
