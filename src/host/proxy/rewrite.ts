import type { ResponseHeaders, SentHeaders } from './exchange/header-list.ts';
import { setFrameCookie } from './response/browser-context.ts';
import type { Field } from './response/field.ts';
import { withFile } from './response/file.ts';
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
  const fitted: Field[] = [];
  for (const field of fields) {
    const rule = rules[field[0]];
    const changed = rule === undefined ? field[1] : rule(field[1], view);
    if (changed !== undefined) fitted.push(rule === undefined ? field : [field[0], changed]);
  }
  const apart = withFile(withIsolation(withFrameAncestors(fitted, view), view), view);
  // Where frame and tab are of one site, they are of one partition, by which nobody could tell them apart.
  const tells = view.context === 'frame' && view.jar === undefined;
  return tells ? [...apart, ['set-cookie', setFrameCookie]] : apart;
}

/** The same for headers as lists. */
export function rewriteResponseHeaders(headers: ResponseHeaders, view: RewriteView): SentHeaders {
  const fields: Field[] = [];
  for (const name in headers) for (const value of headers[name] ?? []) fields.push([name, value]);
  const fitted = Object.create(null) as SentHeaders;
  for (const [name, value] of rewriteFields(fields, view)) (fitted[name] ??= []).push(value);
  return fitted;
}
