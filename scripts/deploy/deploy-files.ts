import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { stringify } from 'yaml';
import { crdFiles } from '../crd-yaml.ts';
import { chartValuesSchema, defaultValues, plainNamespace } from './chart-values.ts';
import type { ChartValues } from './chart-values.ts';
import { placeholder, templateOf } from './chart-template.ts';
import { inPodObjects } from './in-pod-objects.ts';

const file = (path: string): URL => new URL(`../../build/${path}`, import.meta.url);
const note = '# Generated from scripts/deploy by `npm run generate:deploy`. Do not edit.\n';

/** The product's version, which images and chart are named by. */
function version(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(parsed).version;
}

/** The value at a path; throws for one that there is not. */
function valueAt(values: ChartValues, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => {
    if (typeof at === 'object' && at !== null && key in at) return (at as Record<string, unknown>)[key];
    throw new Error(`The values have no ${path}.`);
  }, values);
}

/** The objects as they are applied, with these values. */
export function plainObjects(values: ChartValues, namespace = plainNamespace): object[] {
  return inPodObjects({
    namespace,
    said: (path) => valueAt(values, path),
    image: `${values.image.repository}:${values.image.tag}`,
  });
}

const notes = `GuildNet runs in the namespace {{ .Release.Namespace }}.

  kubectl -n {{ .Release.Namespace }} rollout status deployment/guildnet
  kubectl -n {{ .Release.Namespace }} port-forward service/guildnet 8443:{{ .Values.service.port }}
  kubectl -n {{ .Release.Namespace }} exec deploy/guildnet -- guildnet open --print

The last line prints a link that signs a browser in, once. Set settings.GUILDNET_PUBLIC_URL to the address that browsers come by, here
https://localhost:8443, before you open it.
`;

/** The chart and the plain manifest: where each file lies, and its exact content. */
export function deployFiles(): [URL, string][] {
  const current = version();
  const values = defaultValues(current);
  const template = inPodObjects({
    namespace: '{{ .Release.Namespace }}',
    said: placeholder,
    image: '{{ .Values.image.repository }}:{{ .Values.image.tag }}',
  });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: plainNamespace } };
  const plain = [namespace, ...plainObjects(values)].map((object) =>
    stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  const chart = {
    apiVersion: 'v2',
    name: 'guildnet',
    description: 'A GuildNet host in a pod: dev workspaces in this namespace, with their web UI, API and proxy',
    type: 'application',
    version: current,
    appVersion: current,
    kubeVersion: '>=1.29.0-0',
  };
  const schema = { ...z.toJSONSchema(chartValuesSchema, { target: 'draft-7', io: 'input' }), title: 'Values' };
  return [
    [file('guildnet.yaml'), note + plain.join('---\n')],
    [file('chart/Chart.yaml'), note + stringify(chart)],
    [file('chart/values.yaml'), note + stringify(values)],
    [file('chart/values.schema.json'), `${JSON.stringify(schema, undefined, 2)}\n`],
    [file('chart/templates/host.yaml'), note + templateOf(template)],
    [file('chart/templates/NOTES.txt'), notes],
    ...crdFiles().map(([url, content]): [URL, string] => [
      file(`chart/crds/${url.pathname.split('/').at(-1) ?? ''}`),
      content,
    ]),
  ];
}
