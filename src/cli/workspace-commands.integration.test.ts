import { expect, vi } from 'vitest';
import { parse } from 'yaml';
import { guildnet, startGuildnet } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { namespaceTest } from '#test/namespace.ts';

const patience = { timeout: 60_000, interval: 100 };

namespaceTest(
  'a workspace is described, patched and deleted with all others on the command line',
  async ({ namespace }) => {
    await using host = await startHeadlessHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
    const run = (...args: string[]) => guildnet(host.home, ...args);
    const text = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await run(...args);
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: expect.any(String) as string });
      return stdout;
    };
    await vi.waitFor(async () => expect(await text('status')).toContain('online'), patience);
    expect(parse(await text('launch', 'alpine', '--name', 'box', '--dry-run', '-o', 'yaml'))).toMatchObject({
      kind: 'Workspace',
      metadata: { name: 'box-xxxxx', namespace: namespace.name },
      spec: { image: 'alpine' },
    });
    expect(JSON.parse(await text('launch', 'alpine', '--dry-run', '-o', 'json'))).toMatchObject({ kind: 'Workspace' });
    expect(await text('ls', '-o', 'name')).toBe('');
    const launched = parse(await text('launch', 'alpine', '--name', 'box', '--no-wait', '-o', 'yaml')) as {
      id: string;
    };
    const { id } = launched;

    expect(await text('ls', '-o', 'name')).toBe(`${id}\n`);
    expect(parse(await text('ls', '-o', 'yaml'))).toMatchObject([{ id, image: 'alpine' }]);
    expect(await text('ls', '-o', 'wide')).toMatch(/ADDRESS.*\n.*https:/);
    expect(JSON.parse(await text('ls', '-o', 'json'))).toMatchObject([{ id }]);
    expect(await text('ports', 'box')).toMatch(/^PORT.*\n8080 +http/);
    await vi.waitFor(async () => expect(await text('events', 'box')).toMatch(/^LAST.*OBJECT/), patience);
    expect(await text('describe', 'box')).toMatch(
      new RegExp(`^workspace +${id}\\n[^]*spec:\\n[^]*image: alpine\\n[^]*events:`),
    );

    expect(await text('patch', 'box', '{spec: {ttl: 9h}}', '--dry-run')).toContain('spec.ttl (not done');
    expect(await text('patch', 'box', '{spec: {ttl: 9h}}')).toBe(`${id} is changed: spec.ttl\n`);
    expect(parse(await text('describe', 'box', '-o', 'yaml'))).toMatchObject({ id, spec: { ttl: '9h' } });
    expect(await run('patch', 'box', '{spec: {ttl: soon}}')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ttl') as string,
    });

    expect(await text('forward', 'box', '0:5432')).toMatch(new RegExp(`^\\S+:\\d+ -> ${id}:5432\n$`));
    const [forward] = JSON.parse(await text('forwards', '--json')) as { id: string; addresses: string[] }[];
    expect(await text('forwards', 'box')).toContain(`${forward?.id ?? ''}  ${id}`);
    // The port is taken: nothing is left of the other one that was asked for with it.
    const taken = forward?.addresses[0]?.split(':').at(-1) ?? '';
    expect(await run('forward', 'box', '0:80', `${taken}:81`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('another program listens there') as string,
    });
    expect(await text('forwards', '-o', 'name')).toBe(`${forward?.id ?? ''}\n`);
    expect(await run('forward', 'box', '80', '--address', '0.0.0.0')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--allow-remote') as string,
    });
    expect(await text('forwards', 'rm', '--all')).toBe(`${forward?.id ?? ''} stopped\n`);
    expect(await text('forwards')).toBe('');
    await using held = startGuildnet(host.home, 'forward', 'box', '0:80', '--hold');
    await held.said('->');
    held.child.kill('SIGINT');
    expect((await held.ended()).code).toBe(130);
    expect(JSON.parse(await text('forwards', '--json'))).toEqual([]);

    expect(JSON.parse(await text('openapi'))).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) as string });
    expect(await run('stop-all')).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') as string });
    expect(await text('stop-all', '--yes')).toBe(`${id} deleted\n`);
    await vi.waitFor(async () => expect(JSON.parse(await text('ls', '--json'))).toEqual([]), patience);
  },
);
