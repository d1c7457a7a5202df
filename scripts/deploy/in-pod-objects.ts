import { rbacObjects } from '#host/operator/rbac.ts';

/** A value of an object: what it is in a plain manifest, or an expression of the chart's that becomes it. */
export type Said = (path: string) => unknown;

export interface InPodOptions {
  namespace: string;
  /** The value at a path of the chart's values, such as `service.port`. */
  said: Said;
  /** Image reference, of repository and tag. */
  image: string;
}

const name = 'guildnet';
const port = 8443;
const home = '/var/lib/guildnet';
const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'host' };

/**
 * A host in a pod: its account and rights, its home, its address. The same for the chart and for the plain manifest; where they differ is what `said`
 * answers. One replica, replaced and not rolled: its home is one volume, and of several hosts one would lead anyway.
 */
export function inPodObjects({ namespace, said, image }: InPodOptions): object[] {
  const metadata = { name, namespace, labels };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    ...rightsOf(namespace),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, name: `${name}-settings` },
      data: said('settings'),
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...metadata, name: `${name}-home` },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: said('persistence.storageClass'),
        resources: { requests: { storage: said('persistence.size') } },
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: { metadata: { labels, annotations: said('podAnnotations') }, spec: podSpec(said, image) },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...metadata, annotations: said('service.annotations') },
      spec: {
        type: said('service.type'),
        selector: labels,
        ports: [{ name: 'https', port: said('service.port'), targetPort: 'https' }],
      },
    },
  ];
}

function podSpec(said: Said, image: string): object {
  const probe = (path: string) => ({ httpGet: { path, port: 'https', scheme: 'HTTPS' } });
  return {
    serviceAccountName: name,
    imagePullSecrets: said('imagePullSecrets'),
    // Its own restricted ground, also where the namespace does not ask for it (Pod Security Standards, "restricted").
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    // It ends sockets and gives its lease back before that.
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: 'host',
        image,
        imagePullPolicy: said('image.pullPolicy'),
        args: ['serve', '--json', '--listen', `0.0.0.0:${String(port)}`],
        env: [
          { name: 'GUILDNET_HOME', value: home },
          { name: 'GUILDNET_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          // Whoever calls shows the token of the home, or a link that came of it.
          { name: 'LOCAL_AUTH', value: 'token' },
        ],
        envFrom: [
          { configMapRef: { name: `${name}-settings` } },
          { secretRef: { name: said('secretSettings'), optional: true } },
        ],
        ports: [{ name: 'https', containerPort: port }],
        // Without a cluster it is still there to say why.
        startupProbe: { ...probe('/livez'), periodSeconds: 1, failureThreshold: 60 },
        livenessProbe: { ...probe('/livez'), periodSeconds: 20, timeoutSeconds: 5 },
        readinessProbe: { ...probe('/readyz'), periodSeconds: 5, timeoutSeconds: 5 },
        resources: said('resources'),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'home', mountPath: home },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'home', persistentVolumeClaim: { claimName: `${name}-home` } },
      { name: 'tmp', emptyDir: {} },
    ],
    nodeSelector: said('nodeSelector'),
    tolerations: said('tolerations'),
  };
}

/** The rights that `guildnet rbac` prints; what is no namespace's has a name for each, so that two installations do not share it. */
function rightsOf(namespace: string): object[] {
  const shared = 'guildnet-cluster';
  const own = `${shared}-${namespace}`;
  return rbacObjects({ namespace, subject: { kind: 'ServiceAccount', name } }).map((object) => ({
    ...object,
    metadata: { ...object.metadata, ...(object.metadata.name === shared ? { name: own } : {}) },
    ...(object.roleRef?.name === shared ? { roleRef: { ...object.roleRef, name: own } } : {}),
  }));
}
