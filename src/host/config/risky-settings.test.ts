import { expect, test } from 'vitest';
import { riskySettings } from './risky-settings.ts';

const safe = { localAuth: 'token', uiDevOrigin: undefined, proxyAllowAnyTarget: false } as const;

test.each<[Partial<Parameters<typeof riskySettings>[0]>, RegExp[]]>([
  [{}, []],
  [{ localAuth: 'off' }, [/^LOCAL_AUTH is off/]],
  [{ uiDevOrigin: 'http://localhost:5173' }, [/^UI_DEV_ORIGIN is set: .* http:\/\/localhost:5173$/]],
  [{ proxyAllowAnyTarget: true }, [/^PROXY_ALLOW_ANY_TARGET is on/]],
  [{ localAuth: 'off', proxyAllowAnyTarget: true }, [/^LOCAL_AUTH/, /^PROXY_ALLOW_ANY_TARGET/]],
])('%j is told', (said, told) => {
  expect(riskySettings({ ...safe, ...said })).toEqual(told.map((words) => expect.stringMatching(words) as string));
});
