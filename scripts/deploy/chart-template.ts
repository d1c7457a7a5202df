import { stringify } from 'yaml';

/** How each path of the values is written into a template: as a text, as it is, or as a piece of YAML of its own. */
const kinds: Readonly<Record<string, 'text' | 'json' | 'yaml'>> = {
  settings: 'yaml',
  podAnnotations: 'yaml',
  'service.annotations': 'yaml',
  imagePullSecrets: 'yaml',
  resources: 'yaml',
  nodeSelector: 'yaml',
  tolerations: 'yaml',
  'service.port': 'json',
  'persistence.storageClass': 'json',
};

/** Stands in an object for an expression that is no text; YAML quotes it, and by that it is found again. */
export function placeholder(path: string): string {
  const kind = kinds[path] ?? 'text';
  return kind === 'text' ? `{{ .Values.${path} }}` : `@@${kind} ${path}@@`;
}

/** Objects with placeholders as Helm's template. A piece of YAML stands on lines of its own, two deeper than its key. */
export function templateOf(objects: readonly object[]): string {
  const text = objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
  return text.replaceAll(
    /^( *)(- )?(\S+): "@@(yaml|json) ([\w.]+)@@"$/gm,
    (_line, indent: string, dash: string | undefined, key: string, kind: string, path: string) => {
      const deep = indent.length + (dash?.length ?? 0) + 2;
      const written =
        kind === 'json' ? `{{ toJson .Values.${path} }}` : `{{- toYaml .Values.${path} | nindent ${String(deep)} }}`;
      return `${indent}${dash ?? ''}${key}: ${written}`;
    },
  );
}
