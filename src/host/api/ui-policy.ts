/**
 * The Content-Security-Policy of the UI's page, as the host serves it to browsers and the desktop to its window: its own scripts,
 * styles and fonts, images that it makes itself, and nothing else from anywhere. `frameSource` is where workspaces may be framed
 * from; without it nothing is framed.
 */
export function uiPolicy(frameSource = "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${frameSource}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
