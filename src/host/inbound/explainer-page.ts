import { createHash, X509Certificate } from 'node:crypto';
import { htmlText } from '../proxy/html-text.ts';

/** Where the explanation offers the authority's certificate. */
export const certificatePath = '/guildnet-ca.crt';

export interface ExplainerFacts {
  /** The control origin of this host in the tailnet. */
  origin: string;
  /** PEM. */
  authority: string;
  /** The tailnet has had a certificate issued for the name, which browsers know by themselves. */
  isKnown: boolean;
}

const style = `:root { color-scheme: light dark }
body { margin: 0 auto; max-width: 36rem; padding: 2rem 1rem; font: 16px/1.5 system-ui, sans-serif }
code { overflow-wrap: anywhere }`;

/** The policy of the page: it is text and a style, whose hash stands here. */
export const explainerPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What a person reads who came by plain http: where the host is, and why a browser does not trust it yet. Pure. */
export function explainerPage({ origin, authority, isKnown }: ExplainerFacts): string {
  const fingerprint = new X509Certificate(authority).fingerprint256;
  const address = htmlText(origin);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GuildNet</title>
<style>${style}</style>
</head>
<body>
<h1>GuildNet</h1>
<p>This host is at <a href="${address}/">${address}</a>.</p>
<p>${
    isKnown
      ? 'Your browser knows its certificate, by that name. Only who comes by an address needs what follows: make that device trust'
      : 'Your tailnet gives it no certificate, so it has one of its own, which your browser does not know yet. Make your device trust'
  }
<a href="${certificatePath}" download>its authority</a>, once; the authority can vouch for nothing but the name and the addresses of this host.</p>
<p>What you get here came through the encrypted tailnet, from this host. Its SHA-256 fingerprint, to compare with what
<code>guildnet tailnet status</code> shows there: <code>${htmlText(fingerprint)}</code></p>
<ul>
<li>iPhone, iPad: open the file, install the profile in Settings, then switch it on in Settings › General › About › Certificate Trust Settings.</li>
<li>Android: Settings › Security › Encryption &amp; credentials › Install a certificate › CA certificate.</li>
<li>macOS: open it in Keychain Access and set it to Always Trust.</li>
<li>Windows: open it, Install Certificate, and put it into Trusted Root Certification Authorities.</li>
<li>Linux, Firefox: Settings › Privacy &amp; Security › Certificates › View Certificates › Authorities › Import.</li>
</ul>
</body>
</html>
`;
}
