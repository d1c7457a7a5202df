/** Folders that only building needs. */
const buildOnly = [
  /(^|\/)obj\.target$/,
  /(^|\/)build\/Release\/(obj|\.deps)$/,
  /(^|\/)\.(bin|cache)$/,
  /(^|\/)node-linux-[a-z0-9]+$/,
];

/** Parts of the AI chat, which our settings turn off: 200 MB that every import would carry. */
const aiOnly = [/\/extensions\/copilot$/, /\/@github\/copilot-sdk-[a-z0-9-]+$/, /\/@microsoft\/mxc-sdk\/bin$/];

/** Files that no program reads: source maps, and what compilers read or leave. */
const unreadFiles = /\.(map|o|a|c|cc|cpp|h|hpp|gyp|gypi|mk|tlog)$/;

/** Programs that come for every platform, a folder `<system>-<architecture>` each. */
const perPlatform = /\/(?:prebuilds|bin)\/((?:linux|darwin|win32|freebsd|android)[a-z]*-[a-z0-9]+)$/;

/** Whether a path below code-server's node_modules is of use inside the image. Pure. */
export function isNeeded(path: string, isFolder: boolean, arch: string): boolean {
  if (!isFolder) return !unreadFiles.test(path);
  const platform = perPlatform.exec(path)?.[1];
  if (platform !== undefined) return platform === `linux-${arch}`;
  return ![...buildOnly, ...aiOnly].some((pattern) => pattern.test(path));
}
