import { isHeaderText } from '../kubeconfig/check-entries.ts';
import type { Entry } from '../kubeconfig/entries.ts';
import { badKubeconfig, unreadable } from '../kubeconfig/problem.ts';
import type { Credential, CredentialSource } from './credential.ts';
import { rotatingFile } from './rotating-file.ts';

/**
 * A bearer token in a file that somebody else renews. White space around it does not count. `fallback`: the kubeconfig's own token,
 * which serves as long as the file gives none (client-go, NewBearerAuthWithRefreshRoundTripper).
 */
export function tokenFileCredential(
  user: Entry<unknown>,
  path: string,
  fallback: string | undefined,
): CredentialSource {
  const file = rotatingFile(path);
  const bad = (problem: string, cause?: unknown): Error =>
    badKubeconfig(user.file, `tokenFile of the user "${user.name}" names ${path}, which ${problem}`, {
      cause,
      line: user.line,
      remedy: 'Correct the kubeconfig or restore the file.',
    });
  async function current(): Promise<Credential> {
    const content = await file.read().catch((cause: unknown) => {
      if (fallback === undefined) throw bad(unreadable(cause), cause);
      return Buffer.from(fallback);
    });
    const token = content.toString('utf8').trim() || fallback;
    if (token === undefined) throw bad('is empty');
    if (!isHeaderText(token)) throw bad('holds more than one line, and no token');
    return { authorization: `Bearer ${token}` };
  }
  return {
    current,
    accepted: () => undefined,
    async refused({ authorization }) {
      file.forget();
      return (await current()).authorization !== authorization;
    },
  };
}
