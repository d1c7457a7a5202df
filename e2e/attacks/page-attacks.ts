/**
 * What a hostile page tries on an address `u` of somebody else. Each is the text of an async function's body, run in the page:
 * it returns true when the page has got hold of something. Whether the request arrived is seen at the other end. `path` is
 * what would be worth having there.
 */
export interface PageAttack {
  name: string;
  path: string;
  code: string;
}

/** Functions that the attacks use, for the page. */
export const attackHelpers = `
globalThis.settle = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(() => resolve(false), 4000))]);
globalThis.element = (tag, attributes, u) => settle(new Promise((resolve) => {
  const node = document.createElement(tag);
  for (const name of ['load', 'loadeddata', 'loadedmetadata']) node.addEventListener(name, () => resolve(true));
  node.addEventListener('error', () => resolve(false));
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value.replaceAll('$u', u));
  document.body.append(node);
}));
/** The element fires its load event whatever was loaded: only the other end can tell. */
globalThis.blind = (tag, attributes, u) => element(tag, attributes, u).then(() => false);
globalThis.within = (html, ms = 1500) => settle(new Promise((resolve) => {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  addEventListener('message', (event) => { if (event.source === frame.contentWindow) resolve(event.data === 'stolen'); });
  frame.srcdoc = html;
  document.body.append(frame);
  setTimeout(() => resolve(false), ms);
}));
globalThis.worker = (text) => settle(new Promise((resolve) => {
  const own = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  own.onmessage = (event) => resolve(event.data === 'stolen');
  own.onerror = () => resolve(false);
}));
globalThis.read = async (u, options) => (await (await fetch(u, options)).text()).length > 0;
globalThis.reach = async (u, options) => { await fetch(u, options); return false; };
`;

const secret = '/secret';
const call = (name: string, options: string): PageAttack => ({
  name: `fetch ${name}`,
  path: secret,
  code: `const answer = await fetch(u, ${options}); return answer.ok && (await answer.text()).length > 0`,
});
const part = (name: string, path: string, tag: string, attributes: Record<string, string>): PageAttack => ({
  name,
  path,
  code: `return element(${JSON.stringify(tag)}, ${JSON.stringify(attributes)}, u)`,
});
const blind = (name: string, path: string, tag: string, attributes: Record<string, string>): PageAttack => ({
  name,
  path,
  code: `return blind(${JSON.stringify(tag)}, ${JSON.stringify(attributes)}, u)`,
});
const style = (name: string, path: string, rule: string): PageAttack => ({
  name,
  path,
  code: `const node = document.createElement('style'); node.textContent = ${JSON.stringify(rule)}.replaceAll('$u', u);
document.body.append(node); const div = document.createElement('div'); div.className = 'x'; div.textContent = 'x';
document.body.append(div); await settle(new Promise((r) => setTimeout(r, 300))); return false`,
});
const form = (name: string, method: string, encoding: string): PageAttack => ({
  name,
  path: secret,
  code: `const frame = document.createElement('iframe'); frame.name = 'f' + Math.random(); document.body.append(frame);
const node = document.createElement('form'); node.method = '${method}'; node.enctype = '${encoding}'; node.target = frame.name;
node.action = u; const field = document.createElement('input'); field.name = 'm'; field.value = new URL(u).searchParams.get('m');
node.append(field); document.body.append(node); node.submit();
await settle(new Promise((r) => { frame.onload = r; setTimeout(r, 1500); })); return false`,
});

export const pageAttacks: readonly PageAttack[] = [
  call('by CORS', '{}'),
  call('by CORS with cookies', "{ credentials: 'include' }"),
  call('without cookies', "{ credentials: 'omit' }"),
  call('HEAD', "{ method: 'HEAD', credentials: 'include' }"),
  call('POST', "{ method: 'POST', body: 'x', credentials: 'include' }"),
  call(
    'POST JSON',
    "{ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' }, credentials: 'include' }",
  ),
  call('PUT', "{ method: 'PUT', body: 'x', credentials: 'include' }"),
  call('DELETE', "{ method: 'DELETE', credentials: 'include' }"),
  call('PATCH', "{ method: 'PATCH', body: 'x' }"),
  call('with a header that wants a preflight', "{ headers: { 'x-any': '1' } }"),
  call(
    'with the headers that tell on it set by hand',
    "{ headers: { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://localhost', Host: 'localhost' } }",
  ),
  call('in the name of another referrer', "{ referrer: 'about:client', referrerPolicy: 'unsafe-url' }"),
  call('without a referrer', "{ referrerPolicy: 'no-referrer' }"),
  call('kept alive', "{ method: 'POST', keepalive: true, body: 'x' }"),
  call('from the cache', "{ cache: 'force-cache' }"),
  { name: 'fetch no-cors', path: secret, code: "return reach(u, { mode: 'no-cors', credentials: 'include' })" },
  {
    name: 'fetch no-cors POST',
    path: secret,
    code: "return reach(u, { mode: 'no-cors', method: 'POST', body: 'x', credentials: 'include' })",
  },
  {
    name: 'fetch by a redirect of its own server',
    path: secret,
    code: "return read('/say?status=302&h=' + encodeURIComponent('location:' + u))",
  },
  {
    name: 'fetch POST by a redirect that keeps the method',
    path: secret,
    code: "return read('/say?status=307&h=' + encodeURIComponent('location:' + u), { method: 'POST', body: 'x' })",
  },
  {
    name: 'XMLHttpRequest with cookies',
    path: secret,
    code: `return settle(new Promise((resolve) => { const call = new XMLHttpRequest(); call.open('GET', u); call.withCredentials = true;
call.onload = () => resolve(call.status === 200 && call.responseText.length > 0); call.onerror = () => resolve(false); call.send(); }))`,
  },
  {
    name: 'XMLHttpRequest that waits',
    path: secret,
    code: "const call = new XMLHttpRequest(); call.open('GET', u, false); call.send(); return call.status === 200",
  },
  {
    name: 'EventSource',
    path: secret,
    code: `return settle(new Promise((resolve) => { const source = new EventSource(u, { withCredentials: true });
source.onopen = () => resolve(true); source.onerror = () => { source.close(); resolve(false); }; }))`,
  },
  {
    name: 'WebSocket',
    path: '/socket',
    code: `return settle(new Promise((resolve) => { const socket = new WebSocket(u.replace('https', 'wss'));
socket.onopen = () => resolve(true); socket.onerror = () => resolve(false); }))`,
  },
  {
    name: 'WebSocket of a worker',
    path: '/socket',
    code: "return worker(`const s = new WebSocket('${u.replace('https', 'wss')}'); s.onopen = () => postMessage('stolen'); s.onerror = () => postMessage('no')`)",
  },
  {
    name: 'WebSocket of a frame without an origin',
    path: '/socket',
    code: "return within(`<script>const s = new WebSocket('${u.replace('https', 'wss')}'); s.onopen = () => parent.postMessage('stolen', '*')</script>`)",
  },
  { name: 'beacon', path: secret, code: "navigator.sendBeacon(u, 'x'); return false" },
  {
    name: 'ping of a link',
    path: secret,
    code: "const a = document.createElement('a'); a.href = '#'; a.ping = u; document.body.append(a); a.click(); return false",
  },
  part('script', '/script.js', 'script', { src: '$u' }),
  part('script by CORS', '/script.js', 'script', { src: '$u', crossorigin: 'use-credentials' }),
  part('module', '/script.js', 'script', { src: '$u', type: 'module' }),
  { name: 'import()', path: '/script.js', code: 'await import(u); return true' },
  {
    name: 'importScripts in a worker',
    path: '/script.js',
    code: "return worker(`try { importScripts('${u}'); postMessage('stolen') } catch { postMessage('no') }`)",
  },
  {
    name: 'worker',
    path: '/worker.js',
    code: 'return settle(new Promise((resolve) => { const own = new Worker(u); own.onmessage = () => resolve(true); own.onerror = () => resolve(false); }))',
  },
  {
    name: 'shared worker',
    path: '/worker.js',
    code: 'new SharedWorker(u); await new Promise((r) => setTimeout(r, 300)); return false',
  },
  { name: 'service worker', path: '/worker.js', code: 'await navigator.serviceWorker.register(u); return true' },
  {
    name: 'audio worklet',
    path: '/script.js',
    code: 'await new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule(u); return true',
  },
  part('style sheet', '/style.css', 'link', { rel: 'stylesheet', href: '$u' }),
  style('style by @import', '/style.css', "@import url('$u');"),
  style('picture of a style', '/image.svg', ".x { background: url('$u') }"),
  style('font', '/secret', "@font-face { font-family: stolen; src: url('$u') } .x { font-family: stolen }"),
  part('image', '/image.svg', 'img', { src: '$u' }),
  part('image by CORS', '/image.svg', 'img', { src: '$u', crossorigin: 'use-credentials' }),
  part('image of several', '/image.svg', 'img', { srcset: '$u 1x' }),
  part('input of type image', '/image.svg', 'input', { type: 'image', src: '$u' }),
  part('video', '/image.svg', 'video', { src: '$u' }),
  part('audio', '/image.svg', 'audio', { src: '$u' }),
  blind('poster of a video', '/image.svg', 'video', { poster: '$u' }),
  blind('track of a video', '/secret', 'video', { src: 'data:video/mp4,', controls: '' }),
  part('preload', '/script.js', 'link', { rel: 'preload', as: 'script', href: '$u' }),
  part('preload of a call', secret, 'link', {
    rel: 'preload',
    as: 'fetch',
    href: '$u',
    crossorigin: 'use-credentials',
  }),
  part('module preload', '/script.js', 'link', { rel: 'modulepreload', href: '$u' }),
  part('prefetch', secret, 'link', { rel: 'prefetch', href: '$u' }),
  blind('icon', '/image.svg', 'link', { rel: 'icon', href: '$u' }),
  blind('manifest', secret, 'link', { rel: 'manifest', href: '$u', crossorigin: 'use-credentials' }),
  {
    name: 'speculation',
    path: secret,
    code: `const node = document.createElement('script'); node.type = 'speculationrules';
node.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [u], eagerness: 'immediate' }] }); document.body.append(node);
await new Promise((r) => setTimeout(r, 500)); return false`,
  },
  blind('object', '/image.svg', 'object', { data: '$u' }),
  blind('embed', '/image.svg', 'embed', { src: '$u', type: 'text/html' }),
  blind('frame', secret, 'iframe', { src: '$u' }),
  blind('frame without referrer', secret, 'iframe', { src: '$u', referrerpolicy: 'no-referrer' }),
  blind('frame without an origin', secret, 'iframe', { src: '$u', sandbox: 'allow-scripts' }),
  blind('frame without cookies', secret, 'iframe', { src: '$u', credentialless: '' }),
  blind('frame in a frame', secret, 'iframe', { srcdoc: "<iframe src='$u'></iframe>" }),
  blind('frame by a refresh', secret, 'iframe', { srcdoc: "<meta http-equiv='refresh' content='0; url=$u'>" }),
  blind('frame by a redirect', secret, 'iframe', { src: '/say?status=302&h=location:$u' }),
  blind('frame by a data address', secret, 'iframe', { src: "data:text/html,<iframe src='$u'></iframe>" }),
  form('form', 'post', 'application/x-www-form-urlencoded'),
  form('form of plain text', 'post', 'text/plain'),
  form('form with files', 'post', 'multipart/form-data'),
  form('form that reads', 'get', 'application/x-www-form-urlencoded'),
  {
    name: 'call of a frame without an origin',
    path: secret,
    code: "return within(`<script>fetch('${u}', { credentials: 'include' }).then((r) => r.ok && parent.postMessage('stolen', '*'))</script>`)",
  },
  {
    name: 'script of a frame without an origin',
    path: '/script.js',
    code: "return within(`<script src='${u}' onload=\"parent.postMessage('stolen', '*')\"></script>`)",
  },
  {
    name: 'call of a worker',
    path: secret,
    code: "return worker(`fetch('${u}', { credentials: 'include' }).then((r) => postMessage(r.ok ? 'stolen' : 'no'), () => postMessage('no'))`)",
  },
];
