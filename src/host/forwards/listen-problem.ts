import { GuildNetError } from '#contract/errors.ts';

const whys: Readonly<Record<string, { code: 'conflict' | 'forbidden' | 'bad_request'; why: string; remedy: string }>> =
  {
    EADDRINUSE: {
      code: 'conflict',
      why: 'another program listens there',
      remedy: 'Choose another port of this machine, 8081:8080 for example, or 0:8080 for any free one.',
    },
    EACCES: {
      code: 'forbidden',
      why: 'the system does not let this user listen there',
      remedy:
        'Ports below 1024 are often kept for administrators: choose another one of this machine, 8080:80 for example.',
    },
    EPERM: {
      code: 'forbidden',
      why: 'the system does not let this user listen there',
      remedy: 'Choose another place.',
    },
    EADDRNOTAVAIL: {
      code: 'bad_request',
      why: 'this machine has no such address',
      remedy: 'Choose one of its own addresses.',
    },
    EAFNOSUPPORT: {
      code: 'bad_request',
      why: 'this machine has no addresses of that kind',
      remedy: 'Choose one of its own addresses.',
    },
    ENOENT: { code: 'bad_request', why: 'there is no such folder', remedy: 'Make the folder first.' },
    ENOTDIR: { code: 'bad_request', why: 'there is no such folder', remedy: 'Choose a path in a folder.' },
    EROFS: { code: 'forbidden', why: 'nothing can be written there', remedy: 'Choose another folder.' },
  };

/** Why nothing can listen at `where`, from what the system says; what is unforeseen stays as it is. */
export function listenProblem(error: unknown, where: string): unknown {
  const known = error instanceof Error && 'code' in error ? whys[String(error.code)] : undefined;
  if (known === undefined) return error;
  return new GuildNetError(known.code, `A forward cannot listen at ${where}: ${known.why}.`, {
    remedy: known.remedy,
    details: { where },
    cause: error,
  });
}

/** Whether the system says that it has no such address at all. */
export function isNoSuchAddress(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
}

/** Whether the system says that somebody else listens there. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
