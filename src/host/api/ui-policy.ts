/**
 * The Content-Security-Policy of the UI's page, as the host serves it to browsers and the desktop to its window: its own scripts,
 * styles and fonts, images that it makes itself, and nothing else from anywhere. `frameSource` is where workspaces may be framed
 * from; without it nothing is framed. `connectSource` is whom it may ask besides its own host.
 */
export function uiPolicy(frameSource = "'none'", connectSource = ''): string {
  return directives(frameSource, "'self'", connectSource).join('; ');
}

/**
 * The same where the page comes from a development server: Vite puts styles into the page as elements, and waits for its server's return
 * in a worker that it makes itself. Everything else stays forbidden, so that what works in development works built.
 */
export function developmentPolicy(frameSource: string): string {
  return [...directives(frameSource, "'self' 'unsafe-inline'"), "worker-src 'self' blob:"].join('; ');
}

function directives(frameSource: string, styleSource: string, connectSource = ''): string[] {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styleSource}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${`'self' ${connectSource}`.trim()}`,
    `frame-src ${frameSource}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
}
