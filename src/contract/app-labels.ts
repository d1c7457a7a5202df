import { baseNameOfImage } from './names.ts';

/** On everything that GuildNet makes, in the words of all of Kubernetes (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/). */
export const commonLabels = {
  'app.kubernetes.io/part-of': 'guildnet',
  'app.kubernetes.io/managed-by': 'guildnet',
} as const;

/** What an object is of a workspace. */
type Component = 'workspace' | 'home';

/**
 * The recommended labels of an object of a workspace: the application by the image's name, the workspace as its instance, and the
 * image's tag as the version where that can be a label. For lists and dashboards alone: nothing of ours selects by them, and they are not
 * on pods, whose template would change with them.
 */
export function appLabels(workspace: string, image: string, component: Component): Record<string, string> {
  const version = versionOf(image);
  return {
    'app.kubernetes.io/name': baseNameOfImage(image),
    'app.kubernetes.io/instance': workspace,
    ...(version === undefined ? {} : { 'app.kubernetes.io/version': version }),
    'app.kubernetes.io/component': component,
    ...commonLabels,
  };
}

function versionOf(image: string): string | undefined {
  const tag = image.split('@')[0]?.split('/').at(-1)?.split(':')[1];
  return tag !== undefined && /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(tag) ? tag : undefined;
}
