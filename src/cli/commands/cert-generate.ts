import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { exampleText } from './host-command.ts';

interface GenerateOptions {
  host: string[];
  out: string;
  force?: boolean;
  json?: boolean;
}

const collect = (value: string, previous: string[]): string[] => [...previous, value];

/** `guildnet cert generate`: a certificate for the names by which other devices come (specification, "Certificates and hostnames for multi-device access"). */
export function addCertGenerate(cert: Command, context: CliContext, certsFolder: () => Promise<string>): void {
  cert
    .command('generate')
    .description('Make a certificate for names and addresses, signed by an authority that may vouch for these alone')
    .requiredOption('-H, --host <names>', 'host names and addresses, with commas between; again for more', collect, [])
    .option('--out <folder>', 'where server.crt and server.key go', 'certs')
    .option('-f, --force', 'replace what is there')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      exampleText(['cert generate -H localhost,127.0.0.1,::1,laptop.tail1234.ts.net,100.64.0.7 -f']),
    )
    .action(async (options: GenerateOptions) => {
      const [{ certificateNames }, { openNamesAuthority }, { writePair }] = await Promise.all([
        import('#host/certs/certificate-names.ts'),
        import('#host/certs/names-authority.ts'),
        import('#host/certs/certificate-files.ts'),
      ]);
      const names = certificateNames(options.host);
      const folder = resolve(options.out);
      const files = { cert: join(folder, 'server.crt'), key: join(folder, 'server.key') };
      if (options.force !== true) for (const file of Object.values(files)) await refuseExisting(file);
      const { authority, file, made } = await openNamesAuthority(await certsFolder(), names);
      await writePair(files, await authority.issue(names));
      const output = await createOutput(context, options);
      output.result({ certificate: files.cert, key: files.key, names, authority: file, authority_is_new: made }, () =>
        [
          `${files.cert} is for ${names.join(', ')}.`,
          made
            ? `Its authority is new: have each device that comes by these names trust ${file}.`
            : `Devices that trust ${file} take it.`,
          'A host that runs in this folder serves it within a minute.',
        ].join('\n'),
      );
    });
}

async function refuseExisting(file: string): Promise<void> {
  try {
    await access(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  throw new GuildNetError('conflict', `${file} is there.`, {
    remedy: 'Add -f to replace it, or name another folder by --out.',
  });
}
