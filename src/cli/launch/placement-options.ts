import { Option } from 'commander';
import type { Command } from 'commander';
import type { Job } from '#contract/server.ts';
import { each, parseLabel } from './launch-arguments.ts';
import type { Label } from './launch-arguments.ts';
import { parseEnvSource, parseToleration } from './placement-arguments.ts';

/** What of a launch says where it runs, as whom, what it may read, and how it is reached. */
export interface PlacementOptions {
  /** true: what stands behind the image is the program, and not its arguments. */
  command?: boolean;
  envFrom?: NonNullable<Job['envFrom']>;
  exposure?: string;
  domain?: string;
  ingressClass?: string;
  tlsIssuer?: string;
  nodeSelector?: Label[];
  toleration?: NonNullable<Job['tolerations']>;
  serviceAccount?: string;
  pullSecret?: string[];
  owner?: string;
}

export function addPlacementOptions(command: Command): Command {
  return command
    .option('--command', 'take the words behind "--" as the program, in place of the image\'s entry point')
    .option(
      '--env-from <kind/name>',
      'set a variable for each key of secret/NAME or configmap/NAME (repeatable)',
      each(parseEnvSource),
    )
    .addOption(
      new Option('--exposure <type>', "how it is reached beside GuildNet's proxy").choices([
        'ClusterIP',
        'LoadBalancer',
        'Ingress',
      ]),
    )
    .option('--domain <domain>', 'the domain of an Ingress: it gets <name>.<domain>')
    .option('--ingress-class <class>', 'the class of an Ingress')
    .option('--tls-issuer <issuer>', 'the cert-manager ClusterIssuer that certifies an Ingress')
    .option('--node-selector <key=value>', 'run on a node with this label (repeatable)', each(parseLabel))
    .option(
      '--toleration <taint>',
      'run on a node with this taint, too: key, key=value or key=value:Effect (repeatable)',
      each(parseToleration),
    )
    .option('--service-account <name>', 'give it the token of this ServiceAccount; it gets none otherwise')
    .option(
      '--pull-secret <name>',
      'pull the image with this Secret (repeatable)',
      each((name: string) => name),
    )
    .option('--owner <owner>', 'whose it is, such as user:anna; for who has admin');
}

/** The fields of the request; `words` is what stands behind the image. */
export function placementOf(options: PlacementOptions, words: readonly string[]): Partial<Job> {
  const { envFrom, nodeSelector, toleration: tolerations, serviceAccount: serviceAccountName, owner } = options;
  const { exposure: type, domain, ingressClass, tlsIssuer, pullSecret } = options;
  const exposure = Object.fromEntries(
    Object.entries({
      type: type ?? (domain === undefined ? undefined : 'Ingress'),
      domain,
      ingressClass,
      tlsIssuer,
    }).flatMap(([field, text]) => (text === undefined ? [] : [[field, text]])),
  );
  return {
    ...(words.length === 0 ? {} : { [options.command === true ? 'command' : 'args']: [...words] }),
    ...(envFrom === undefined ? {} : { envFrom }),
    ...(Object.keys(exposure).length === 0 ? {} : { exposure }),
    ...(nodeSelector === undefined ? {} : { nodeSelector: Object.fromEntries(nodeSelector) }),
    ...(tolerations === undefined ? {} : { tolerations }),
    ...(serviceAccountName === undefined ? {} : { serviceAccountName }),
    ...(pullSecret === undefined ? {} : { imagePullSecrets: pullSecret.map((name) => ({ name })) }),
    ...(owner === undefined ? {} : { owner }),
  };
}
