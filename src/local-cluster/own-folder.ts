import { chmod, chown, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Who called through sudo(8), so that what lies in their home stays theirs. Pure. */
export function callerOf(env: NodeJS.ProcessEnv): { uid: number; gid: number } | undefined {
  const [uid, gid] = [Number(env['SUDO_UID']), Number(env['SUDO_GID'])];
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { uid, gid } : undefined;
}

/** Makes a folder and those above it. Under sudo the new ones are the caller's, or the next start without it could not write there. */
export async function makeUserFolder(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o755 });
  const caller = rootsCaller(env);
  if (first === undefined || caller === undefined) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await chown(path, caller.uid, caller.gid);
}

/** Gives a file to whoever called through sudo. */
export async function giveToCaller(file: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const caller = rootsCaller(env);
  if (caller !== undefined) await chown(file, caller.uid, caller.gid);
}

/** Makes a folder that nobody else on the machine can look into. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
}

function rootsCaller(env: NodeJS.ProcessEnv): { uid: number; gid: number } | undefined {
  return process.geteuid?.() === 0 ? callerOf(env) : undefined;
}
