import { provideCluster } from './provide-cluster.ts';

/** Global set-up of the cluster tests: a whole Kubernetes that runs pods. */
export default provideCluster('node');
