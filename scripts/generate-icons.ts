import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/**
 * Draws the product's icons into `build/`: a hexagon of a guild with three members joined in its middle.
 * `node scripts/generate-icons.ts`, after changing the drawing; the files are committed.
 */
type Point = readonly [x: number, y: number];
/** Red, green, blue from 0 to 255, and opacity from 0 to 1. */
type Colour = readonly [r: number, g: number, b: number, a: number];
type Drawing = (at: Point) => Colour;

const clear: Colour = [0, 0, 0, 0];
const indigo: Colour = [79, 70, 229, 1];
const white: Colour = [255, 255, 255, 1];
const black: Colour = [0, 0, 0, 1];

/** The corners of the hexagon around the origin, the first one on top. */
const corners = Array.from({ length: 6 }, (_, index): Point => {
  const angle = (Math.PI / 3) * index - Math.PI / 2;
  return [Math.cos(angle), Math.sin(angle)];
});

function distanceToSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

/** Whether a point belongs to the sign, in a coordinate system where the hexagon has radius 1. */
function isOnSign(at: Point): boolean {
  const origin: Point = [0, 0];
  if (Math.hypot(...at) < 0.24) return true;
  return corners.some((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    if (distanceToSegment(at, corner, next) < 0.12) return true;
    const isMember = index % 2 === 0;
    return (
      isMember &&
      (distanceToSegment(at, origin, corner) < 0.09 || Math.hypot(at[0] - corner[0], at[1] - corner[1]) < 0.21)
    );
  });
}

/** A sign alone on a transparent ground; coordinates from 0 to 1. */
const bare =
  (colour: Colour): Drawing =>
  ([x, y]) =>
    isOnSign([(x - 0.5) / 0.4, (y - 0.5) / 0.4]) ? colour : clear;

/** The sign on a rounded tile. */
const tile: Drawing = ([x, y]) => {
  const radius = 0.22;
  const inset = 0.03;
  const beyond = (value: number): number => Math.max(0, Math.abs(value - 0.5) - (0.5 - inset - radius));
  if (Math.hypot(beyond(x), beyond(y)) > radius) return clear;
  return isOnSign([(x - 0.5) / 0.3, (y - 0.5) / 0.3]) ? white : indigo;
};

/** Rows of RGBA, each pixel the mean of 4 × 4 samples. */
function rasterise(drawing: Drawing, size: number): Buffer {
  const samples = 4;
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const sum = [0, 0, 0, 0];
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const sx = (x + ((sample % samples) + 0.5) / samples) / size;
        const sy = (y + (Math.floor(sample / samples) + 0.5) / samples) / size;
        const [r, g, b, a] = drawing([sx, sy]);
        [r * a, g * a, b * a, a].forEach((value, channel) => {
          sum[channel] = (sum[channel] ?? 0) + value;
        });
      }
      const alpha = sum[3] ?? 0;
      const at = y * (1 + size * 4) + 1 + x * 4;
      for (let channel = 0; channel < 3; channel += 1)
        rows[at + channel] = alpha === 0 ? 0 : Math.round((sum[channel] ?? 0) / alpha);
      rows[at + 3] = Math.round((alpha / (samples * samples)) * 255);
    }
  }
  return rows;
}

/** A PNG file (https://www.w3.org/TR/png-3/): eight bits per channel, RGBA, no filter. */
function png(drawing: Drawing, size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rasterise(drawing, size), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}

const folder = join(import.meta.dirname, '..', 'build');
mkdirSync(folder, { recursive: true });
const icons: readonly [file: string, drawing: Drawing, size: number][] = [
  ['icon.png', tile, 512],
  ['tray.png', tile, 22],
  ['tray@2x.png', tile, 44],
  // macOS colours template images itself.
  ['trayTemplate.png', bare(black), 22],
  ['trayTemplate@2x.png', bare(black), 44],
];
for (const [file, drawing, size] of icons) writeFileSync(join(folder, file), png(drawing, size));
