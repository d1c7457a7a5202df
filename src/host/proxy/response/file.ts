import { backTarget } from '../../access/download-detour.ts';
import type { Field } from './field.ts';
import type { RewriteView } from './view.ts';

type FileView = Pick<RewriteView, 'file' | 'publicOrigin'>;

/** `inline; filename=x` and no type at all become an attachment of the same name (RFC 6266, 4). */
function attachment(disposition: string): string {
  const [type = '', ...parameters] = disposition.split(/;(.*)/s);
  return type.trim().toLowerCase() === 'attachment'
    ? disposition
    : ['attachment', parameters[0] ?? ''].join(';').replace(/;$/, '');
}

function stays(location: string, publicOrigin: string): boolean {
  return URL.parse(location, publicOrigin)?.origin === publicOrigin;
}

/**
 * Makes a file of the answer to a download that has come back as a frame's navigation (`access/download-detour.ts`): a page
 * or picture would be shown in the frame, in place of the application. Where the workspace sends it on, the mark goes with it.
 */
export function withFile(fields: Field[], { file, publicOrigin }: FileView): Field[] {
  if (!file) return fields;
  const changed = fields.map(([name, value]): Field => {
    if (name === 'content-disposition') return [name, attachment(value)];
    return name === 'location' && stays(value, publicOrigin) ? [name, backTarget(value)] : [name, value];
  });
  const said = changed.some(([name]) => name === 'content-disposition');
  return said ? changed : [...changed, ['content-disposition', 'attachment']];
}
