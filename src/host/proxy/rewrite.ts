import type { ResponseHeaders } from './exchange/header-list.ts';
import { setFrameCookie } from './response/browser-context.ts';
import type { Field } from './response/field.ts';
import { withFrameAncestors } from './response/frame-ancestors.ts';
import { withIsolation } from './response/isolation.ts';
import { rewriteLink, rewriteLocation, rewriteRefresh } from './response/location.ts';
import { rewriteSetCookie } from './response/set-cookie.ts';
import type { RewriteView } from './response/view.ts';

const rules: Partial<Record<string, (value: string, view: RewriteView) => string | undefined>> = {
  'content-location': rewriteLocation,
  link: rewriteLink,
  location: rewriteLocation,
  refresh: rewriteRefresh,
  'set-cookie': rewriteSetCookie,
};

/**
 * Makes the header fields of a workspace's answer fit for the browser (specification, "Browser Integration"; decision
 * record 16). Names are in lower case; the order of fields of one name is kept.
 */
export function rewriteFields(fields: readonly Field[], view: RewriteView): Field[] {
  const fitted = fields.flatMap(([name, value]): Field[] => {
    const rule = rules[name];
    const changed = rule === undefined ? value : rule(value, view);
    return changed === undefined ? [] : [[name, changed]];
  });
  const apart = withIsolation(withFrameAncestors(fitted, view), view);
  return view.context === 'frame' ? [...apart, ['set-cookie', setFrameCookie]] : apart;
}

/** The same for headers as lists, in place. */
export function rewriteResponseHeaders(headers: ResponseHeaders, view: RewriteView): void {
  const fields = Object.entries(headers).flatMap(([name, values]) =>
    (values ?? []).map((value): Field => [name, value]),
  );
  for (const name of Object.keys(headers)) delete headers[name];
  for (const [name, value] of rewriteFields(fields, view)) headers[name] = [...(headers[name] ?? []), value];
}
