import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { namespaceTest } from '#test/namespace.ts';

/** Serves on two ports, one of which nobody has declared, and says for each `host:port` it is given what a connection comes to. */
const program = `const net=require('net'),http=require('http');
const attempt=(at)=>new Promise(done=>{const [host,port]=at.split(':'),socket=net.connect({host,port:Number(port)});
socket.setTimeout(5000,()=>{socket.destroy();done('silent')});socket.on('connect',()=>{socket.destroy();done('open')});socket.on('error',e=>done(e.code))});
const secrets=()=>new Promise(done=>{const asked=require('https').get({host:'kubernetes.default.svc.cluster.local',path:'/api/v1/secrets',rejectUnauthorized:false},r=>{r.resume();done(r.statusCode)});
asked.on('error',e=>done(e.code))});
const serve=async(q,r)=>{const {searchParams:s,pathname:p}=new URL(q.url,'http://a');
r.end(p==='/attempt'?JSON.stringify(await Promise.all(s.getAll('at').map(attempt))):p==='/secrets'?String(await secrets()):'mine')};
for(const port of [8080,9000])http.createServer(serve).listen(port)`;

const timeoutMs = 90_000;
const names = ['red', 'blue'] as const;

async function attempt(started: StartedHost, from: string, targets: readonly string[]): Promise<string[]> {
  const query = new URLSearchParams(targets.map((target): [string, string] => ['at', target]));
  return (await started.ask(`https://${from}.localhost/attempt?${query.toString()}`)).json() as string[];
}

namespaceTest(
  'two workspaces attack each other and the node over the network, and nothing opens',
  async ({ namespace }) => {
    await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
    await started.reached('online');
    const where = { namespace: namespace.name };
    // Somebody's pod that nothing protects: what shows that the network works.
    await namespace.core.createNamespacedPod({
      ...where,
      body: { metadata: { name: 'open' }, spec: { containers: [{ name: 'echo', image: localImages.echo }] } },
    });
    for (const name of names) {
      const command = ['/opt/node/bin/node', '-e'];
      const resources = { requests: { cpu: '1m', memory: '16Mi' } };
      await createWorkspace(namespace, name, { image: localImages.codeServer, command, args: [program], resources });
    }
    const addressOf = async (selector: { labelSelector?: string; fieldSelector?: string }) => {
      const { items } = await namespace.core.listNamespacedPod({ ...where, ...selector });
      const pod = items.find(({ status }) =>
        status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'),
      );
      return pod === undefined ? undefined : { ip: pod.status?.podIP ?? '', node: pod.status?.hostIP ?? '' };
    };
    const soon = (what: string) => ({ what: `${what} to be ready`, timeoutMs });
    const open = await waitUntil(() => addressOf({ fieldSelector: 'metadata.name=open' }), soon('the open pod'));

    await using ourselves = createServer((socket) => socket.end()).listen(0, '0.0.0.0');
    await once(ourselves, 'listening');
    const hostPort = String((ourselves.address() as AddressInfo).port);
    const { node } = open;
    const hostEnd = node.replace(/\d+$/, (last) => String(Number(last) - 1));

    for (const [attacker, victim] of [names, names.toReversed()]) {
      if (attacker === undefined || victim === undefined) throw new TypeError('there are two');
      for (const name of [attacker, victim])
        await waitUntil(async () => (await started.ask(`https://${name}.localhost/`)).text === 'mine', soon(name));
      const pod = await waitUntil(() => addressOf({ labelSelector: `guildnet.io/id=${victim}` }), soon(victim));
      const { spec } = await namespace.core.readNamespacedService({ ...where, name: victim });
      const targets = [
        ...[8080, 9000, 3000].map((port) => `${pod.ip}:${String(port)}`),
        `${spec?.clusterIP ?? ''}:8080`,
        ...[victim, `${victim}.${namespace.name}.svc.cluster.local`].map((name) => `${name}:8080`),
        // etcd, kubelet, kube-proxy, controllers, network policies, scheduler, DNS's health; the same by the pods' own gateway.
        ...[2379, 2380, 10250, 10256, 10257, 10258, 10259, 8181].map((port) => `${node}:${String(port)}`),
        ...['10.244.0.1:10250', '10.244.0.1:22', `${hostEnd}:${hostPort}`, '169.254.169.254:80'],
      ];
      expect(targets.length * 2).toBeGreaterThanOrEqual(30);
      const opened = async (): Promise<string[]> => {
        const found = await attempt(started, attacker, targets);
        return targets.filter((_target, index) => found[index] === 'open');
      };
      // The filter follows a new pod a moment after the API knows its address.
      await waitUntil(async () => (await opened()).length === 0, {
        what: 'the network policies to be in force',
        timeoutMs,
        explain: async () => (await opened()).join(' '),
      });
      expect(await opened()).toEqual([]);

      // The same by the ways that are meant: the network, names, the API server, which asks who it is, and the host.
      const allowed = [`${open.ip}:8080`, `kubernetes.default.svc.cluster.local:443`];
      expect(await attempt(started, attacker, allowed)).toEqual(['open', 'open']);
      expect(['401', '403']).toContain((await started.ask(`https://${attacker}.localhost/secrets`)).text);
      expect((await started.ask(`https://${victim}.localhost/`)).text).toBe('mine');
    }
  },
);
