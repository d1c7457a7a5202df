import { encode } from 'uqr';

/** A QR code as what an SVG draws: `size` is its width and height in modules, the quiet zone of 4 around it included. */
export interface QrPath {
  size: number;
  /** One stroke for each run of dark modules in a row, along its middle. */
  path: string;
}

/** The QR code of a text (ISO/IEC 18004, error correction M, for which a screen that is photographed is enough). Pure. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${String(x)} ${String(y + 0.5)}h${String(length)}`),
  );
  return { size, path: path.join('') };
}

/** Where each run of dark modules begins, and how long it is. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    if (!isDark) return;
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
