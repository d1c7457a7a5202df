import { describe, expect, test } from 'vitest';
import { publicPresets } from '../config/presets.ts';
import { chooseSignIn, signInKindOf } from './choose-sign-in.ts';
import { codeServerSignIn } from './code-server.ts';
import { jupyterSignIn } from './jupyter.ts';
import type { SignInKind } from './sign-in-kind.ts';

const [local, foreign] = ['guildnet.local/code-server:4.139.1', 'lscr.io/linuxserver/code-server:4'];
const [preset = '', jupyterPreset = ''] = publicPresets.map(({ image }) => image);
const jupyter = 'jupyterhub/singleuser:5';
const [cs, jl] = [codeServerSignIn, jupyterSignIn];

describe('who is signed in by a random secret', () => {
  test.each<[image: string, setting: string | undefined, kept: boolean, kind: SignInKind | undefined]>([
    [local, undefined, false, cs],
    [preset, undefined, false, cs],
    [jupyterPreset, undefined, false, jl],
    // Specification: `changeme` for whatever else resembles code-server.
    [foreign, undefined, false, undefined],
    ['codercom/code-server:4', undefined, false, undefined],
    [jupyter, undefined, false, undefined],
    // A preset of an earlier version keeps what it has.
    ['codercom/code-server:4', undefined, true, cs],
    [foreign, 'generate', false, cs],
    [jupyter, 'generate', false, jl],
    [local, 'one', false, undefined],
    [preset, 'one', true, undefined],
    // The variable is code-server's.
    [jupyterPreset, 'one', false, jl],
    ['nginx:1', 'generate', true, undefined],
  ])('%s with AGENT_DEFAULT_PASSWORD %j, made before: %j', (image, agentDefaultPassword, kept, kind) => {
    const config = agentDefaultPassword === undefined ? {} : { agentDefaultPassword };
    expect(chooseSignIn({ image }, config, kept)).toBe(kind);
  });

  test.each<[string, SignInKind | undefined]>([
    ['PASSWORD', undefined],
    ['HASHED_PASSWORD', undefined],
    ['JUPYTER_TOKEN', cs],
  ])('the person’s own %s is left to the person', (name, kind) => {
    const entry = { name, valueFrom: { secretKeyRef: { name: 's', key: 'k' } } };
    for (const one of [{ name, value: 'mine' }, entry])
      expect(chooseSignIn({ image: local, env: [one] }, { agentDefaultPassword: 'generate' }, true)).toBe(kind);
    expect(chooseSignIn({ image: local, env: [{ name, value: '' }] }, {}, false)).toBe(cs);
  });
});

describe('what is presented is what the program was told', () => {
  test.each([local, jupyter])('%s', (image) => {
    const kind = signInKindOf(image);
    const secret = kind?.secret('a-password') ?? {};
    expect(Object.keys(secret).every((name) => kind?.variables.includes(name))).toBe(true);
    expect(kind?.credential(secret)).toEqual(
      kind === cs
        ? { kind: 'cookie', name: 'code-server-session', value: secret['HASHED_PASSWORD'] }
        : { kind: 'authorization', value: 'token a-password' },
    );
    for (const missing of [{}, { HASHED_PASSWORD: '', JUPYTER_TOKEN: '' }])
      expect(kind?.credential(missing)).toBeUndefined();
  });

  test('code-server’s cookie holds no password', () => {
    const { HASHED_PASSWORD: hash, PASSWORD: password } = cs.secret('a-password');
    expect(password).toBe('a-password');
    // Else it would be taken for one that has to be computed for every request.
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
