import type { LaunchForm } from './form-model.ts';

/** What a link (`/launch?image=…&name=…`) would put into the form; undefined when there is none, or the form says so already. */
export function linkOf(
  query: { image?: string | undefined; name?: string | undefined },
  form: Pick<LaunchForm, 'image' | 'name'>,
): { image: string; name: string } | undefined {
  const { image, name = '' } = query;
  if (image === undefined || image === '') return undefined;
  return image === form.image && (name === '' || name === form.name) ? undefined : { image, name };
}
