import { z } from 'zod';
import { cutTextOf, listOf, longest, textOf, timeText } from './bounded.ts';
import { problemSchema } from './cluster.ts';

/** off: this host is on no tailnet; embedded: it brings a node of its own; system: it is on the one of its machine's own tailscaled. */
export const tailnetModes = ['off', 'embedded', 'system'] as const;
export type TailnetMode = (typeof tailnetModes)[number];

/** Of whom the certificate is that peers see, and until when. */
const tailnetCertificateSchema = z.object({
  /** tailnet: one that the tailnet had issued, which devices trust by themselves; own: one by an authority of ours. */
  kind: z.enum(['tailnet', 'own']),
  /** Who issued it, by its own words. */
  issuer: cutTextOf(longest.name),
  expires_at: timeText,
  /** Why it is not one of the tailnet's, or why that is not renewed. */
  problem: problemSchema.optional(),
});

/**
 * How this host stands to its tailnet, as every face shows it.
 * off; starting: the node is being built or started, or waits for the control server; needs-login: a person has to log in (at
 * `login_url`, where there is one, or with another key); running; logged-out: somebody logged it out, and nothing but a login
 * brings it back; failed: the node cannot be started, which is tried again.
 */
export const tailnetStateSchema = z.object({
  mode: z.enum(tailnetModes),
  phase: z.enum(['off', 'starting', 'needs-login', 'running', 'logged-out', 'failed']),
  /** The control server: Tailscale's own, or a Headscale. */
  login_server: cutTextOf(longest.url).optional(),
  /** Under which this host is found by its peers. */
  name: textOf(longest.name).optional(),
  addresses: listOf(textOf(longest.label), 16).optional(),
  /** Where its peers find the control UI, once it can be reached. */
  url: textOf(longest.url).optional(),
  /** SHA-256 of the certificate of the authority that its peers' devices have to trust once, as OpenSSL writes it. */
  authority_sha256: cutTextOf(longest.token).optional(),
  /** What its peers' devices are shown under its name; under its addresses it is always the authority's. */
  certificate: tailnetCertificateSchema.optional(),
  /** As whom it is logged in; `tagged-devices` where it has tags instead. */
  login: textOf(320).optional(),
  tags: listOf(textOf(longest.name), 64).optional(),
  /** Where a person logs this host in. */
  login_url: textOf(longest.url).optional(),
  /** When it has to be logged in again. */
  key_expires_at: timeText.optional(),
  /** What the node says of its own health. */
  health: listOf(cutTextOf(longest.reason), 64).optional(),
  problem: problemSchema.optional(),
});
export type TailnetState = z.infer<typeof tailnetStateSchema>;

/** Somebody who has come by the tailnet since this host was started, as they are known now. */
export const seenPeersSchema = listOf(
  z.object({
    login: textOf(longest.name),
    device: cutTextOf(longest.name),
    tags: listOf(textOf(longest.name), 64),
    /** How many values of `guildnet.io/cap` the tailnet gives them, and why those that cannot be read count for nothing. */
    grants: z.int().min(0),
    unread: listOf(cutTextOf(longest.reason), 64),
  }),
  2_048,
);
export type SeenPeer = z.infer<typeof seenPeersSchema>[number];

/** Hosts of one cluster and tailnet that are looked at: a person has few, and what others write down has an end. */
export const mostHosts = 64;

/** A host of the tailnet that works with the same workspaces: what it wrote down in the cluster, as far as the tailnet vouches for it. */
const tailnetHostSchema = z.object({
  /** Its name in the tailnet, by whois. */
  name: textOf(longest.name),
  /** Its control UI and API. */
  url: textOf(longest.url),
  /** It is the one that was asked. */
  here: z.boolean(),
  /** As whom it is logged in there, and its tags. */
  login: textOf(320),
  tags: listOf(textOf(longest.name), 64),
  /** It is of whoever the one is that was asked: the same login, or the same tags. */
  same_owner: z.boolean(),
  /** How long the cluster takes to answer it, as it says itself. */
  cluster_milliseconds: z.number().min(0).max(60_000).optional(),
});
export type TailnetHost = z.infer<typeof tailnetHostSchema>;
/** The one that was asked stands first. */
export const tailnetHostsSchema = listOf(tailnetHostSchema, mostHosts);

/** An https address, or http where the control server is on a network of one's own. */
const serverAddress = textOf(longest.url).check(z.url({ protocol: /^https?$/, error: 'expected an http(s) address' }));

export const tailnetLoginSchema = z.strictObject({
  /** Without a key the state tells an address at which a person logs in. */
  auth_key: textOf(longest.token).min(1).optional(),
  /** Another control server than the configured one. */
  login_server: serverAddress.optional(),
});
export type TailnetLogin = z.infer<typeof tailnetLoginSchema>;

/** How this host is to be on its tailnet from now on. */
export const tailnetUseSchema = z.strictObject({ mode: z.enum(tailnetModes) });

/** What lies between this host and others. */
export const tailnetReportSchema = z.object({
  /** Whether UDP gets out: without it everything is relayed. */
  udp: z.boolean(),
  ipv4: z.boolean(),
  ipv6: z.boolean(),
  /** A NAT that gives every destination another port: connections are relayed more often. */
  hard_nat: z.boolean().optional(),
  /** The relays that answered, nearest first. */
  relays: listOf(z.object({ name: cutTextOf(longest.label), milliseconds: z.number(), preferred: z.boolean() }), 256),
});
export type TailnetReport = z.infer<typeof tailnetReportSchema>;
