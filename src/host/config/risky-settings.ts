import type { HostConfig } from './config.ts';

/** What the log is told when the host starts: settings that let more people or programs do more than without them. Pure. */
export function riskySettings({
  localAuth,
  uiDevOrigin,
  proxyAllowAnyTarget,
}: Pick<HostConfig, 'localAuth' | 'uiDevOrigin' | 'proxyAllowAnyTarget'>): string[] {
  return [
    ...(localAuth === 'off'
      ? ['LOCAL_AUTH is off: every user and program of this computer may do with all workspaces what they like']
      : []),
    ...(uiDevOrigin === undefined ? [] : [`UI_DEV_ORIGIN is set: the UI is whatever listens at ${uiDevOrigin}`]),
    ...(proxyAllowAnyTarget
      ? [
          'PROXY_ALLOW_ANY_TARGET is on: whoever may call the proxy reaches every host and port that this machine reaches, its loopback, its network, the API server and the metadata services of clouds included',
        ]
      : []),
  ];
}
