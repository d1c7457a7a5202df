import type { NodeSubnet } from '../network-plan.ts';

export interface HostRule {
  table: 'filter' | 'nat';
  chain: string;
  match: readonly string[];
}

/** Comment on every rule of a cluster, by which they are found again. */
export function ruleComment(machineName: string): string {
  return `guildnet:${machineName}`;
}

/**
 * What the host's iptables must hold so that pods reach the world and the world does not reach them: in the order in which the
 * rules are asked.
 */
export function hostRules(machineName: string, subnet: NodeSubnet, hostInterface: string): HostRule[] {
  const comment = ['-m', 'comment', '--comment', ruleComment(machineName)];
  const rule = (table: HostRule['table'], chain: string, ...match: string[]): HostRule => ({
    table,
    chain,
    match: [...match, ...comment],
  });
  const answers = ['-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED'];
  return [
    rule('nat', 'POSTROUTING', '-s', subnet.cidr, '!', '-o', hostInterface, '-j', 'MASQUERADE'),
    rule('filter', 'FORWARD', '-i', hostInterface, '-j', 'ACCEPT'),
    rule('filter', 'FORWARD', '-o', hostInterface, ...answers, '-j', 'ACCEPT'),
    rule('filter', 'FORWARD', '-o', hostInterface, '-j', 'DROP'),
  ];
}

/**
 * The arguments that delete every rule of a cluster, from the output of `iptables -t <table> -S`. Read from what is there rather
 * than from what would be made now, so that rules of an earlier subnet go too.
 */
export function deletionsOf(listing: string, machineName: string): string[][] {
  const comment = ruleComment(machineName);
  return listing.split('\n').flatMap((line) => {
    const words = splitWords(line);
    const at = words.indexOf('--comment');
    if (words[0] !== '-A' || at < 0 || words[at + 1] !== comment) return [];
    return [['-D', ...words.slice(1)]];
  });
}

/** Splits like a shell, as far as iptables quotes: double quotes, backslash inside them. */
function splitWords(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
}
