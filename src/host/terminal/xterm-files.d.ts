/* The types of two packages for the files of theirs that we import. */

declare module '@xterm/headless/lib-headless/xterm-headless.mjs' {
  export { Terminal } from '@xterm/headless';
}

declare module '@xterm/addon-serialize/lib/addon-serialize.mjs' {
  export { SerializeAddon } from '@xterm/addon-serialize';
}
