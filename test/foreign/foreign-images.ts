import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuthority, openAuthority } from '#host/certs/authority.ts';
import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { debianLayer } from '#local-cluster/image/debian-layer.ts';
import { ensureLayer } from '#local-cluster/image/ensure-layer.ts';
import { imageLayout } from '#local-cluster/image/image-layout.ts';
import type { ImageManifest, ImageSettings, Layer } from '#local-cluster/image/image-layout.ts';
import { echoImage, shellImage } from '#local-cluster/image/small-images.ts';
import { appImages } from '../apps/image/app-images.ts';
import { debianPackagesLayer } from '../apps/image/debian-packages-layer.ts';
import { imageContext } from '../apps/image/load-image.ts';

/** Images as people bring them: made for another place, with nothing in them that knows of us. */
export type ForeignImage = 'wants-root' | 'from-scratch' | 'tls-8443' | 'pod-address' | 'login';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Made by root, who was not asked for a user. */
const rootMade = { user: '', env: { PATH: path }, workingDir: '/' };

const nginxConf = `daemon off; pid /tmp/nginx.pid; error_log stderr; worker_processes 1; events {}
http {
  access_log off; client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi; scgi_temp_path /tmp/scgi;
  server { listen 8443 ssl; ssl_certificate /opt/tls/cert.pem; ssl_certificate_key /opt/tls/key.pem; return 200 "tls"; }
}
`;

export async function foreignImage(name: ForeignImage): Promise<ImageManifest> {
  const { settings, layers } = await recipes[name]();
  const digest = createHash('sha256').update(JSON.stringify([layers.map(({ diffId }) => diffId), settings]));
  return imageLayout(`guildnet.local/test/${name}:${digest.digest('hex').slice(0, 8)}`, settings, layers, process.arch);
}

interface Recipe {
  settings: ImageSettings;
  layers: readonly Layer[];
}

const recipes: Record<ForeignImage, () => Promise<Recipe>> = {
  // As Docker's own image of it: it listens on port 80 and writes to /var/log and /var/lib.
  'wants-root': async () => ({
    settings: { ...rootMade, entrypoint: ['nginx', '-g', 'daemon off;'], ports: [80] },
    layers: await nginxLayers(),
  }),
  'from-scratch': async () => {
    const echo = await echoImage(imageContext(), () => findGoToolchain(imageContext()));
    return { settings: { ...rootMade, env: {}, entrypoint: ['/echo'] }, layers: echo.layers.map(({ layer }) => layer) };
  },
  'tls-8443': async () => ({
    settings: { ...rootMade, entrypoint: ['nginx', '-c', '/opt/tls/nginx.conf'], ports: [8443] },
    layers: [...(await nginxLayers()), await tlsLayer()],
  }),
  'pod-address': () =>
    shellRecipe('mkdir -p /tmp/w; echo hi > /tmp/w/index.html; exec httpd -f -p $(hostname -i):8080 -h /tmp/w'),
  login: () =>
    shellRecipe(
      String.raw`exec nc -ll -p 8080 -e /bin/sh -c 'read x; printf "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"; sleep 0.3'`,
    ),
};

async function nginxLayers(): Promise<Layer[]> {
  const { name, packages } = appImages.nginx;
  const base = await debianLayer(imageContext());
  return [base, await debianPackagesLayer(imageContext(), base, name, packages)];
}

/** A server's configuration, with a key and a certificate that are made on this machine. */
function tlsLayer(): Promise<Layer> {
  const hash = createHash('sha256').update(nginxConf).digest('hex').slice(0, 16);
  return ensureLayer(imageContext(), 'test-foreign-tls', hash, async (root) => {
    const folder = join(root, 'opt', 'tls');
    await mkdir(folder, { recursive: true });
    const { cert, key } = await openAuthority(await createAuthority()).issue(['localhost']);
    await writeFile(join(folder, 'nginx.conf'), nginxConf);
    await writeFile(join(folder, 'cert.pem'), cert);
    await writeFile(join(folder, 'key.pem'), key, { mode: 0o644 });
  });
}

async function shellRecipe(script: string): Promise<Recipe> {
  const shell = await shellImage(imageContext());
  return {
    settings: { ...rootMade, entrypoint: ['/bin/sh', '-c', script] },
    layers: shell.layers.map(({ layer }) => layer),
  };
}
