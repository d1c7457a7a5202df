import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import type { Controllers, RunningController } from './controllers.ts';

export const skipper: GoProgram = {
  name: 'skipper',
  title: 'Skipper, an Ingress controller',
  packages: { 'github.com/zalando/skipper/cmd/skipper': 'skipper' },
};

const ports = { http: 9080, https: 9443 };

/** Serves the Ingresses of `ingressClass`, which it makes, on the node's ports 80 and 443. It never writes their status. */
export async function startSkipper(controllers: Controllers, ingressClass: string): Promise<RunningController> {
  await controllers.apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: ingressClass },
    spec: { controller: 'zalando.org/skipper' },
  });
  return controllers.run(skipper, {
    args: [
      '-kubernetes',
      '-kubernetes-in-cluster',
      `-kubernetes-ingress-class=^${ingressClass}$`,
      // Certificates from the Secrets that Ingresses name.
      '-kubernetes-enable-tls',
      '-kubernetes-https-redirect=false',
      '-enable-kubernetes-endpointslices',
      '-proxy-preserve-host',
      `-address=:${ports.https}`,
      `-insecure-address=:${ports.http}`,
      '-source-poll-timeout=500',
      '-access-log-disabled',
    ],
    ports: { 80: ports.http, 443: ports.https },
  });
}
