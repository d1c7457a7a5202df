import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import { withLock } from '../lock.ts';
import { readIfPresent, writeFileAtomically } from '../write-file.ts';

/** Pods reach the network through the host only while it forwards packets. The switch is one for the machine, so its users are counted. */
const setting = '/proc/sys/net/ipv4/ip_forward';

/** In memory that a reboot empties, as it resets the switch. */
const folder = '/run/guildnet';
const register = `${folder}/ip-forward.json`;

const registerSchema = z.object({
  /** What the switch was before the first cluster came. */
  before: z.enum(['0', '1']),
  /** State folders of the clusters that need it. */
  users: listOf(textOf(longest.path), most.entries),
});
type Register = z.infer<typeof registerSchema>;

/** The register with one more user. */
export function withUser(register: Register | undefined, current: string, user: string): Register {
  const known = register ?? { before: current === '0' ? '0' : '1', users: [] };
  return { ...known, users: [...new Set([...known.users, user])] };
}

/** The register with one user less, and what the switch must be set to, if anything. */
export function withoutUser(register: Register, user: string): { register: Register; restore: '0' | undefined } {
  const users = register.users.filter((one) => one !== user);
  const last = users.length === 0 && register.users.length > 0;
  return { register: { ...register, users }, restore: last && register.before === '0' ? '0' : undefined };
}

export async function useForwarding(user: string): Promise<void> {
  await withLock(register, {}, async () => {
    const current = (await readFile(setting, 'utf8')).trim();
    await save(withUser(await load(), current, user));
    if (current === '0') await writeFile(setting, '1');
  });
}

export async function releaseForwarding(user: string): Promise<void> {
  await withLock(register, {}, async () => {
    const known = await load();
    if (known === undefined) return;
    const { register: rest, restore } = withoutUser(known, user);
    if (restore !== undefined) await writeFile(setting, restore);
    await save(rest.users.length === 0 ? undefined : rest);
  });
}

async function load(): Promise<Register | undefined> {
  const text = await readIfPresent(register);
  const parsed = text === undefined ? undefined : registerSchema.safeParse(JSON.parse(text)).data;
  return parsed === undefined || parsed.users.length === 0 ? undefined : parsed;
}

async function save(content: Register | undefined): Promise<void> {
  if (content === undefined) {
    await rm(folder, { recursive: true, force: true });
    return;
  }
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await writeFileAtomically(register, JSON.stringify(content));
}
