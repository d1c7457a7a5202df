import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Headscale } from './headscale.ts';
import { issuingProgram } from './headscale-program.ts';

/** A tailnet on loopback whose devices are given certificates, as Tailscale's are (`recipe/issuing-tailnet`). Disposing of it ends it. */
export interface IssuingTailnet extends AsyncDisposable {
  readonly url: string;
  /** Whatever they are: it asks for none. */
  readonly keys: Headscale['keys'];
  /** All its names end so. */
  readonly domain: string;
  /** What a node has to be told, so that it asks this authority and trusts it. */
  readonly env: NodeJS.ProcessEnv;
  /** PEM of the root that the world trusts. */
  readonly root: string;
  /** From now on no name is proved, for this reason; undefined takes it back. */
  refuse(why: string | undefined): Promise<void>;
}

const toldSchema = z.object({ url: z.url(), acme: z.url(), root: z.string(), trusted: z.string() });

/** `seconds`: how long its certificates are good for. */
export async function startIssuingTailnet(seconds: number): Promise<IssuingTailnet> {
  const program = await issuingProgram();
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-issuing-'));
  const domain = 'names.test';
  const child = spawn(program, [domain, String(seconds)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const dispose = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url, acme, root, trusted } = toldSchema.parse(JSON.parse(line));
    const file = join(folder, 'trusted.pem');
    await writeFile(file, trusted);
    return {
      url,
      keys: { alice: 'alice', bob: 'bob' },
      domain,
      env: { TS_DEBUG_ACME_DIRECTORY_URL: acme, SSL_CERT_FILE: file },
      root,
      async refuse(why) {
        await fetch(`${url}/test/refuse`, { method: 'POST', body: why ?? '' });
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
