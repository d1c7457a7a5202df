/** A reference taken apart; `name` with its registry, as container runtimes complete it. */
interface Parts {
  name: string[];
  tag: string | undefined;
  digest: string | undefined;
}

/** `alpine` is `docker.io/library/alpine`, and `a/b` is `docker.io/a/b` (distribution reference, "familiar names"). */
function partsOf(reference: string): Parts {
  const [beforeDigest, digest] = splitOnce(reference, '@');
  const slash = beforeDigest.lastIndexOf('/');
  const colon = beforeDigest.indexOf(':', slash + 1);
  const tag = colon < 0 ? undefined : beforeDigest.slice(colon + 1);
  const name = (colon < 0 ? beforeDigest : beforeDigest.slice(0, colon)).split('/');
  const [first = ''] = name;
  const hasHost = name.length > 1 && (/[.:]/.test(first) || first === 'localhost' || first.includes('*'));
  if (hasHost) return { name: first === 'index.docker.io' ? ['docker.io', ...name.slice(1)] : name, tag, digest };
  if (name.length === 1 && first !== '**') return { name: ['docker.io', 'library', ...name], tag, digest };
  return { name: first === '**' ? name : ['docker.io', ...name], tag, digest };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Whether an image is one of a pattern's: `*` stands for anything but a slash, `**` between slashes for any number of parts. A
 * pattern without tag and digest takes all of them. One with a tag takes no digest: where both are given, the digest is what
 * runs. Time grows with the product of the two lengths, never faster.
 */
export function matchesImage(pattern: string, image: string): boolean {
  const [wanted, asked] = [partsOf(pattern), partsOf(image)];
  if (!matchesParts(wanted.name, asked.name)) return false;
  if (wanted.digest !== undefined) return asked.digest === wanted.digest;
  if (wanted.tag === undefined) return true;
  return asked.digest === undefined && matchesText(wanted.tag, asked.tag ?? 'latest');
}

function matchesParts(pattern: readonly string[], parts: readonly string[]): boolean {
  return matchesList(pattern, parts, (one) => one === '**', matchesText);
}

function matchesText(pattern: string, text: string): boolean {
  return matchesList([...pattern], [...text], (one) => one === '*', Object.is);
}

/** Goes back to the last wildcard alone, which is enough: what an earlier one takes, the last one can take as well. */
function matchesList<T>(
  pattern: readonly T[],
  items: readonly T[],
  isWild: (one: T) => boolean,
  same: (wanted: T, item: T) => boolean,
): boolean {
  let at = 0;
  let wild = -1;
  let resume = 0;
  for (let item = 0; item < items.length; ) {
    const wanted = pattern[at];
    const found = items[item];
    if (wanted !== undefined && isWild(wanted)) {
      wild = at;
      resume = item;
      at += 1;
    } else if (wanted !== undefined && found !== undefined && same(wanted, found)) {
      at += 1;
      item += 1;
    } else if (wild < 0) return false;
    else {
      at = wild + 1;
      resume += 1;
      item = resume;
    }
  }
  return pattern.slice(at).every(isWild);
}
