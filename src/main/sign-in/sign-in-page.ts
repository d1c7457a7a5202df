import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { plainWords } from '../ide/pop-up-shape.ts';
import { escapeHtml } from '../window/plain-page.ts';
import { languageOfWords, t } from '../words/words.ts';

export const signInOrigin = 'app://sign-in';
export const signInStylePath = '/style.css';

/** Form and style of its own, and no script, frame or image. */
export const signInPolicy =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface SignInQuestion {
  /** The workspace whose application asks. */
  workspace: string;
  /** What the application calls the part that it guards (RFC 9110, 11.5); its own words. */
  realm: string;
  /** `host:port` that the answer goes to. */
  to: string;
  /** The last answer was not accepted. */
  again: boolean;
}

const answerSchema = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('cancel') }),
  z.object({ answer: z.literal('sign-in'), name: textOf(longest.name), password: textOf(longest.reason) }),
]);
export type SignInAnswer = z.infer<typeof answerSchema>;

/** The answer in what the page's form sends (`application/x-www-form-urlencoded`); undefined when it is none. */
export function signInAnswer(form: string): SignInAnswer | undefined {
  return answerSchema.safeParse(Object.fromEntries(new URLSearchParams(form))).data;
}

/** The page that asks for the name and password that a workspace's application wants to be shown. All texts are escaped. */
export function signInPage({ workspace, realm, to, again }: SignInQuestion): string {
  const say = t().signIn;
  const words = plainWords(realm);
  const says = words === '' ? '' : `<p>${escapeHtml(say.says(words))}</p>`;
  return `<!doctype html>
<html lang="${languageOfWords()}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(say.title(workspace))}</title>
<link rel="stylesheet" href="${signInStylePath}">
</head>
<body>
<main>
<h1>${escapeHtml(say.title(workspace))}</h1>
<p>${escapeHtml(say.why(to))}</p>
${says}
${again ? `<p role="alert">${say.again}</p>` : ''}
<form method="post" autocomplete="off">
<label>${say.name} <input name="name" autofocus maxlength="${String(longest.name)}"></label>
<label>${say.password} <input name="password" type="password" maxlength="${String(longest.reason)}"></label>
<nav><button class="main" name="answer" value="sign-in">${say.signIn}</button><button name="answer" value="cancel">${say.cancel}</button></nav>
</form>
</main>
</body>
</html>
`;
}
