import { settingsReportSchema } from '#contract/settings.ts';
import type { Setting, SettingsReport } from '#contract/settings.ts';
import { operatorVariables } from '../operator/config.ts';
import type { OperatorConfig } from '../operator/config.ts';
import type { GivenSetting } from './given-settings.ts';
import { hostSettings } from './settings-table.ts';
import type { HostSettingKey, SettingPlace } from './settings-table.ts';
import { unreadVariables } from './unread-variables.ts';

/** Settings that are said in the environment only: the operator's, and where everything is. */
type EnvironmentSetting = Pick<SettingPlace, 'fallback' | 'secret' | 'meaning'>;

const operatorSettings: Record<keyof OperatorConfig, EnvironmentSetting> = {
  agentDefaultPassword: {
    secret: true,
    meaning: 'The password of code-servers that are given none; generate: a random one each.',
  },
  imagePullSecret: { meaning: 'The Secret that every workspace may pull its image with.' },
  loadBalancer: { fallback: 'false', meaning: 'Whether workspaces that do not say otherwise get a load balancer.' },
  loadBalancerPool: { meaning: "MetalLB's address pool for load balancers." },
  domain: { meaning: 'Without a load balancer, workspaces get an Ingress below this domain.' },
  ingressClass: { fallback: 'nginx', meaning: 'The class of those Ingresses.' },
  certIssuer: { meaning: "cert-manager's ClusterIssuer for them." },
  ingressAuthUrl: { meaning: 'Where nginx asks whether a request may pass.' },
  ingressAuthSignin: { meaning: 'Where nginx sends people to sign in.' },
  networkPolicy: { meaning: 'Whether workspaces are kept from one another; unset: wherever that is possible.' },
};

const placeSettings: Readonly<Record<string, EnvironmentSetting>> = {
  GUILDNET_HOME: { fallback: '~/.guildnet', meaning: 'The folder of everything that the host keeps.' },
  KUBECONFIG: { fallback: '~/.kube/config', meaning: 'The kubeconfig of the cluster.' },
};

const mask = '•••';

/** What counts and where it was said, for people and programs; what is secret is masked. Pure. */
export function settingsReport(
  env: NodeJS.ProcessEnv,
  file: string,
  given: Readonly<Record<HostSettingKey, GivenSetting>>,
): SettingsReport {
  const ofHost = Object.entries<SettingPlace>(hostSettings).map(([key, place]): Setting => {
    const { raw, source, from } = given[key as HostSettingKey];
    return {
      key: place.file ?? key,
      ...variableOf(place.variable),
      ...valueOf(place, raw),
      source,
      from,
      ...meant(place),
    };
  });
  const operator = Object.entries(operatorSettings).map(([key, place]) =>
    ofEnvironment(env, operatorVariables[key as keyof OperatorConfig], place),
  );
  const places = Object.entries(placeSettings).map(([variable, place]) => ofEnvironment(env, variable, place));
  return settingsReportSchema.parse({
    file,
    settings: [...ofHost, ...operator, ...places],
    unread: unreadVariables(env),
  });
}

function ofEnvironment(env: NodeJS.ProcessEnv, variable: string, place: EnvironmentSetting): Setting {
  const text = env[variable]?.trim() || undefined;
  const found = text === undefined ? ({ source: 'default', from: 'default' } as const) : undefined;
  return {
    key: variable,
    variable,
    ...valueOf(place, text ?? place.fallback),
    ...(found ?? { source: 'environment', from: variable }),
    ...meant(place),
  };
}

function variableOf(variable: string | undefined): Pick<Setting, 'variable'> {
  return variable === undefined ? {} : { variable };
}

function meant({ meaning }: Pick<SettingPlace, 'meaning'>): Pick<Setting, 'meaning'> {
  return { meaning };
}

function valueOf({ secret }: Pick<SettingPlace, 'secret'>, raw: unknown): Pick<Setting, 'value'> {
  const value = textOf(raw);
  if (value === undefined) return {};
  return { value: secret === true ? mask : value };
}

/** Lists by commas, presets by their labels. */
function textOf(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  if (!Array.isArray(raw)) return undefined;
  const items = raw.map((one: unknown) =>
    typeof one === 'object' && one !== null && 'label' in one ? String(one.label) : String(one),
  );
  return items.length === 0 ? undefined : items.join(', ');
}
