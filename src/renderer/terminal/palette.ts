import type { ITheme } from '@xterm/xterm';

const light: ITheme = {
  background: '#ffffff',
  foreground: '#151b1c',
  cursor: '#0b7565',
  cursorAccent: '#ffffff',
  selectionBackground: '#bfe3da',
  black: '#151b1c',
  red: '#a3221b',
  green: '#17693a',
  yellow: '#7a4d00',
  blue: '#1d5a9e',
  magenta: '#8a2f7d',
  cyan: '#0b7565',
  white: '#566265',
  brightBlack: '#69767a',
  brightRed: '#b3261e',
  brightGreen: '#157a41',
  brightYellow: '#8a5a00',
  brightBlue: '#2467b3',
  brightMagenta: '#9c3b8e',
  brightCyan: '#0c8271',
  brightWhite: '#3a4547',
};

const dark: ITheme = {
  background: '#0d1010',
  foreground: '#e7ecec',
  cursor: '#45c4ae',
  cursorAccent: '#06231e',
  selectionBackground: '#24514a',
  black: '#4a5557',
  red: '#ff9c92',
  green: '#7dd8a0',
  yellow: '#efc26c',
  blue: '#86b9f5',
  magenta: '#e3a1da',
  cyan: '#63d3c0',
  white: '#c9d1d2',
  brightBlack: '#98a5a7',
  brightRed: '#ffb8b0',
  brightGreen: '#a1e8bd',
  brightYellow: '#f6d796',
  brightBlue: '#aacffa',
  brightMagenta: '#efc0e8',
  brightCyan: '#92e4d5',
  brightWhite: '#ffffff',
};

/** The colours of a terminal, as the page has them. On either background every colour keeps a contrast of at least 4.5:1, but the black of a dark one. */
export function paletteOf(isDark: boolean): ITheme {
  return isDark ? dark : light;
}
