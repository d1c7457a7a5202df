import { operatorVariables } from '../operator/config.ts';
import type { OperatorConfig } from '../operator/config.ts';

/** One setting: what it is called in each place where it can be said, and what it is without. */
export interface SettingPlace {
  variable?: string;
  /** Key of the configuration file. */
  file?: string;
  /** Option of `guildnet serve`. */
  flag?: string;
  fallback?: string | readonly string[];
  /** A list, which a variable separates by commas. */
  list?: true;
  /** In variables and flags capitals are as good. */
  anyCase?: true;
  secret?: true;
  meaning: string;
}

/** The host's settings, by their name in its configuration. */
export const hostSettings = {
  listen: {
    variable: 'LISTEN_LOCAL',
    file: 'listen',
    flag: '--listen',
    fallback: '127.0.0.1:8080',
    meaning: 'The address and port to listen on.',
  },
  frontendOrigin: {
    variable: 'FRONTEND_ORIGIN',
    file: 'frontendOrigin',
    meaning: 'The one foreign origin whose pages may call the API.',
  },
  uiDevOrigin: {
    variable: 'UI_DEV_ORIGIN',
    file: 'uiDevOrigin',
    meaning: 'The development server of the UI, which stands at / in place of the built one.',
  },
  publicUrl: {
    variable: 'GUILDNET_PUBLIC_URL',
    file: 'publicUrl',
    meaning: 'Where people find this host when something stands in front of it.',
  },
  localAuth: {
    variable: 'LOCAL_AUTH',
    file: 'localAuth',
    fallback: 'token',
    anyCase: true,
    meaning: 'Whether callers show a token or a session (token), or everyone on this computer is the owner (off).',
  },
  allowedHosts: {
    variable: 'GUILDNET_ALLOWED_HOSTS',
    file: 'allowedHosts',
    fallback: [],
    list: true,
    anyCase: true,
    meaning: 'Further names under which the host is reached.',
  },
  originMode: {
    variable: 'PROXY_ORIGIN_MODE',
    file: 'proxyOriginMode',
    fallback: 'host',
    meaning: 'Whether each workspace has an origin of its own (host), or all live on one (path).',
  },
  proxyTargets: {
    variable: 'PROXY_TARGETS',
    file: 'proxyTargets',
    fallback: [],
    list: true,
    meaning: 'Hosts outside the cluster that the proxy may be asked for.',
  },
  proxyAllowAnyTarget: {
    variable: 'PROXY_ALLOW_ANY_TARGET',
    file: 'proxyAllowAnyTarget',
    fallback: 'false',
    meaning: 'Whether the proxy may be asked for every host that this machine reaches.',
  },
  transport: {
    variable: 'GUILDNET_TRANSPORT',
    file: 'transport',
    fallback: 'auto',
    anyCase: true,
    meaning: 'How bytes reach the workspaces: the best way that works (auto), port-forward alone, or pod-proxy alone.',
  },
  disableApiProxy: {
    variable: 'HOSTAPP_DISABLE_API_PROXY',
    file: 'disableApiProxy',
    fallback: 'false',
    meaning: 'Whether workspaces are dialled at their own addresses, past the API server.',
  },
  assetCache: {
    variable: 'GUILDNET_ASSET_CACHE',
    file: 'assetCache',
    fallback: 'on',
    anyCase: true,
    meaning: 'Whether public assets of workspaces are kept on this disk and served from there (on or off).',
  },
  wake: {
    variable: 'GUILDNET_WAKE',
    file: 'wake',
    fallback: 'on',
    anyCase: true,
    meaning: 'Whether opening a stopped workspace starts it.',
  },
  context: {
    variable: 'GUILDNET_CONTEXT',
    file: 'context',
    flag: '--context',
    meaning: 'The context of the kubeconfig to work with; the current one unless it is set.',
  },
  namespace: {
    variable: 'GUILDNET_NAMESPACE',
    file: 'namespace',
    flag: '--namespace',
    meaning: 'The namespace of the workspaces; that of the context unless it is set.',
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    file: 'logLevel',
    fallback: 'info',
    anyCase: true,
    meaning: 'How much is logged: trace, debug, info, warn, error, fatal or silent.',
  },
  tailnet: {
    variable: 'GUILDNET_TAILNET',
    file: 'tailnet',
    flag: '--tailnet',
    anyCase: true,
    meaning: 'How the host is on a tailnet (off, embedded or system); embedded where a key or a login server is set.',
  },
  tailnetLoginServer: {
    variable: 'TS_LOGIN_SERVER',
    file: 'tailnetLoginServer',
    fallback: 'https://controlplane.tailscale.com',
    meaning: 'The control server of the tailnet.',
  },
  tailnetHostname: {
    variable: 'TS_HOSTNAME',
    file: 'tailnetHostname',
    meaning: "What the host is called in the tailnet; guildnet- and this computer's name unless it is set.",
  },
  tailnetSocket: {
    variable: 'TS_SOCKET',
    file: 'tailnetSocket',
    meaning: "Where the tailscaled of this computer listens, for system; Tailscale's own place unless it is set.",
  },
  tailnetFront: {
    variable: 'GUILDNET_TAILNET_FRONT',
    file: 'tailnetFront',
    meaning:
      'Where "tailscale serve" or a reverse proxy of this computer passes on what peers ask, such as 127.0.0.1:8444.',
  },
  tailnetAuthKey: {
    variable: 'TS_AUTHKEY',
    secret: true,
    meaning: 'A key to join the tailnet with, needed once.',
  },
  tailnetAuthKeyFile: {
    variable: 'TS_AUTHKEY_FILE',
    file: 'tailnetAuthKeyFile',
    meaning: 'The file with that key.',
  },
  presets: { file: 'presets', meaning: 'What is offered at launch; the built-in ones unless it is set.' },
} as const satisfies Record<string, SettingPlace>;

export type HostSettingKey = keyof typeof hostSettings;

/** The operator's settings, by their name in its configuration. */
const operatorSettings = {
  agentDefaultPassword: {
    variable: operatorVariables.agentDefaultPassword,
    // Not in the file: people show each other their configuration.
    secret: true,
    meaning: 'The password of code-servers that are given none; generate: a random one each.',
  },
  imagePullSecret: {
    variable: operatorVariables.imagePullSecret,
    file: 'imagePullSecret',
    meaning: 'The Secret that every workspace may pull its image with.',
  },
  loadBalancer: {
    variable: operatorVariables.loadBalancer,
    file: 'workspaceLb',
    fallback: 'false',
    meaning: 'Whether workspaces that do not say otherwise get a load balancer.',
  },
  loadBalancerPool: {
    variable: operatorVariables.loadBalancerPool,
    file: 'workspaceLbPool',
    meaning: "MetalLB's address pool for load balancers.",
  },
  domain: {
    variable: operatorVariables.domain,
    file: 'workspaceDomain',
    meaning: 'Without a load balancer, workspaces get an Ingress below this domain.',
  },
  ingressClass: {
    variable: operatorVariables.ingressClass,
    file: 'ingressClassName',
    fallback: 'nginx',
    meaning: 'The class of those Ingresses.',
  },
  certIssuer: {
    variable: operatorVariables.certIssuer,
    file: 'certManagerIssuer',
    meaning: "cert-manager's ClusterIssuer for them.",
  },
  ingressAuthUrl: {
    variable: operatorVariables.ingressAuthUrl,
    file: 'ingressAuthUrl',
    meaning: 'Where nginx asks whether a request may pass.',
  },
  ingressAuthSignin: {
    variable: operatorVariables.ingressAuthSignin,
    file: 'ingressAuthSignin',
    meaning: 'Where nginx sends people to sign in.',
  },
  networkPolicy: {
    variable: operatorVariables.networkPolicy,
    file: 'workspaceNetworkPolicy',
    meaning: 'Whether workspaces are kept from one another; unset: wherever that is possible.',
  },
} as const satisfies Record<keyof OperatorConfig, SettingPlace>;

/** What parts of the host read from the environment by themselves: the operator's settings, and where the cluster is. */
export const environmentSettings = {
  ...operatorSettings,
  kubeconfig: {
    variable: 'KUBECONFIG',
    file: 'kubeconfig',
    flag: '--kubeconfig',
    fallback: '~/.kube/config',
    meaning: 'The kubeconfig of the cluster.',
  },
} as const satisfies Record<string, SettingPlace>;

export type SettingKey = HostSettingKey | keyof typeof environmentSettings;

/** All of them. */
export const allSettings: Readonly<Record<SettingKey, SettingPlace>> = { ...hostSettings, ...environmentSettings };
