import { type AppliedView, type ClusterView, definedAt, defineRule, type Graph, isTrue, textAt, writtenBy, yaml } from '../../src/rule.ts';

export const insecureSource = defineRule({
  id: 'security/insecure-source',
  severity: 'error',
  securitySeverity: 7.5,
  summary: 'A source is fetched without encryption, or without a look at the certificate',
  why: `What Flux fetches it applies, most often with the rights of cluster-admin. Over http:// or git://, or with
    \`insecure: true\`, whoever sits between the cluster and the source decides what that is, and reads the credentials that
    go with the request. Within the cluster, and in environments for development, nothing is said.`,
  hint: 'Use https://, ssh:// or oci:// with a certificate; for one of your own, certSecretRef.',
  reference: 'https://fluxcd.io/flux/components/source/ocirepositories/#insecure',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: charts, namespace: flux-system }
      spec:
        url: http://charts.example.com # expect: security/insecure-source
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: charts, namespace: flux-system }
      spec:
        url: https://charts.example.com
    `,
  },

  *object(object, { graph }) {
    const fields = fieldsOf(object);
    if (!fields) return;
    const cluster = graph.clusters.get(object.cluster);
    if (!cluster || (cluster.environment && graph.environments.isDevelopment(cluster.environment.environment))) return;
    const address = textAt(object.node(fields.address));
    if (address !== undefined && isInside(hostOf(address), cluster, graph)) return;

    const scheme = /^(http|git):\/\//i.exec(address ?? '')?.[1]?.toLowerCase();
    const isInsecure = fields.insecure !== undefined && isTrue(object.node(fields.insecure));
    const pointer = isInsecure ? fields.insecure : scheme === undefined ? undefined : fields.address;
    if (pointer === undefined) return;
    const at = object.origin(pointer);
    const how = isInsecure ? 'with insecure: true, over plain HTTP or without a look at the certificate' : `over ${scheme}://, unencrypted`;
    yield {
      at,
      message: `${object.original.kind} ${object.original.name} is fetched ${how}${writtenBy(object, at)}. Whoever is on the way decides what Flux applies.`,
      related: definedAt(object, at),
    };
  },
});

interface Fields {
  readonly address: string;
  readonly insecure?: string;
}

const kinds: ReadonlyMap<string, Fields> = new Map(
  Object.entries({
    'source.toolkit.fluxcd.io/GitRepository': { address: '/spec/url' },
    'source.toolkit.fluxcd.io/HelmRepository': { address: '/spec/url', insecure: '/spec/insecure' },
    'source.toolkit.fluxcd.io/OCIRepository': { address: '/spec/url', insecure: '/spec/insecure' },
    'source.toolkit.fluxcd.io/Bucket': { address: '/spec/endpoint', insecure: '/spec/insecure' },
    'image.toolkit.fluxcd.io/ImageRepository': { address: '/spec/image', insecure: '/spec/insecure' },
    'fluxcd.controlplane.io/FluxInstance': { address: '/spec/sync/url' },
    'fluxcd.controlplane.io/ResourceSetInputProvider': { address: '/spec/url', insecure: '/spec/insecure' },
  }),
);

const fieldsOf = ({ apiVersion, kind }: AppliedView): Fields | undefined =>
  kinds.get(`${apiVersion.slice(0, apiVersion.indexOf('/'))}/${kind}`);

const hostOf = (address: string): string =>
  address
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/[:/].*$/s, '')
    .toLowerCase();

/** A Service of the cluster, or the machine itself: a name without dots, `name.namespace`, `….svc`, `….cluster.local`. */
const isInside = (host: string, { name }: ClusterView, graph: Graph): boolean => {
  if (host === 'localhost' || host === '127.0.0.1' || /\.svc$|\.svc\.|\.cluster\.local$|\.localhost$/.test(host)) return true;
  const [service, namespace, ...more] = host.split('.');
  if (service === undefined || service === '' || more.length > 0) return false;
  return namespace === undefined || graph.clusters.namesakes(name, 'Namespace', namespace).length > 0;
};
