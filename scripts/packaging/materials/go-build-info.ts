/** A module that was compiled into a Go program. */
export interface GoModule {
  path: string;
  version: string;
  /** SHA-256 in Base64, as go.sum has it after `h1:`; undefined where a folder took its place. */
  sum: string | undefined;
}

/** What a Go program says of itself: the Go that compiled it, such as `1.26.8`, and the modules in it. */
export interface GoBuildInfo {
  go: string;
  modules: readonly GoModule[];
}

const magic = Buffer.from('\u{ff} Go buildinf:', 'latin1');
/** The texts begin behind a header of so many bytes, whose flag 2 says that they stand right there: Go 1.18 and later. */
const headerLength = 32;
const inlineFlag = 2;
/** Around the modules stand 16 bytes by which debuggers find them. */
const fence = 16;

/**
 * Reads it out of the program itself, without a Go at hand (debug/buildinfo of Go's own library has the format). Throws where there is
 * none: then the program is not what it was taken for.
 */
export function readGoBuildInfo(program: Buffer): GoBuildInfo {
  for (let at = program.indexOf(magic); at !== -1; at = program.indexOf(magic, at + 1)) {
    const flags = program[at + magic.length + 1];
    if (flags === undefined || (flags & inlineFlag) === 0) continue;
    const version = textAt(program, at + headerLength);
    const modules = textAt(program, version.end);
    const go = /^go(\S+)/.exec(version.bytes.toString())?.[1];
    if (go === undefined) continue;
    return { go, modules: modulesIn(modules.bytes.subarray(fence, -fence).toString()) };
  }
  throw new Error('This is no program that Go has compiled, or one of a Go before 1.18.');
}

/** A text behind its length, as a varint. */
function textAt(program: Buffer, start: number): { bytes: Buffer; end: number } {
  let length = 0;
  let at = start;
  for (let shift = 0; ; shift += 7, at += 1) {
    const byte = program[at];
    if (byte === undefined || shift > 28) throw new Error('The Go program’s own description is cut off.');
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  const end = at + 1 + length;
  return { bytes: program.subarray(at + 1, end), end };
}

/** Lines of `dep`, path, version and sum; a line of `=>` says what came in place of the one before it. */
function modulesIn(text: string): GoModule[] {
  const modules: GoModule[] = [];
  for (const line of text.split('\n')) {
    const [word, path, version, sum] = line.split('\t');
    if ((word !== 'dep' && word !== '=>') || path === undefined || version === undefined) continue;
    if (word === '=>') modules.pop();
    modules.push({ path, version, sum: sum?.startsWith('h1:') === true ? sum.slice(3) : undefined });
  }
  return modules;
}
