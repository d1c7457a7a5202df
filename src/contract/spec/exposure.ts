import { z } from 'zod';
import { textOf } from '../bounded.ts';
import { dnsSubdomain, objectName, rules } from './schema-parts.ts';

export const exposure = z
  .object({
    type: z
      .enum(['ClusterIP', 'LoadBalancer', 'Ingress'])
      .describe(
        'ClusterIP: through GuildNet only. LoadBalancer: at an address of its own. Ingress: at <name>.<domain>.',
      ),
    // With the workspace's name and a dot before it, a host name has at most 253 characters.
    domain: textOf(189)
      .min(1)
      .regex(dnsSubdomain)
      .optional()
      .describe('The domain below which an Ingress gets the host name <name>.<domain>.'),
    ingressClass: objectName
      .optional()
      .describe("Class of the Ingress; by default the host's INGRESS_CLASS_NAME, or nginx."),
    tlsIssuer: objectName
      .optional()
      .describe("cert-manager ClusterIssuer that certifies the Ingress; by default the host's CERT_MANAGER_ISSUER."),
  })
  .meta(rules({ rule: "self.type != 'Ingress' || has(self.domain)", message: 'an Ingress needs a domain' }));
