import { type AppliedView, defineRule, grouped, groupOf, textAt, yaml } from '../../src/rule.ts';

export const missingProvider = defineRule({
  id: 'security/missing-provider',
  severity: 'warning',
  securitySeverity: 3.0,
  summary: 'A registry of AWS, Azure or Google is read without provider',
  why: `Without \`provider\` Flux asks the registry as anybody would. Private registries of the clouds refuse that, and a login
    kept in a Secret stands still while theirs expire within hours: ECR's after twelve. With the provider set, the controller
    logs in by its own workload identity, and no credential lies around.`,
  reference: 'https://fluxcd.io/flux/components/source/ocirepositories/#provider',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 5m
        url: oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop # expect: security/missing-provider
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 5m
        url: oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop
        provider: aws
    `,
  },

  *cluster(cluster, { graph }) {
    const found = cluster.objects.flatMap((object) => anonymous(object) ?? []);
    for (const [first, ...others] of grouped(found, ({ host }) => host).values()) {
      const { object, field, registry } = first;
      const more = others.length === 0 ? '' : `, and so do ${others.length} more`;
      yield {
        at: object.origin(field),
        message: `${object.original.kind} ${object.original.name} reads ${registry.name} without a login: no provider and no secretRef${more}. A private registry refuses that.`,
        hint: `Set provider: ${registry.provider} and give the controller an identity that may read; where everybody may, write provider: generic.`,
        tenants: [...new Set([first, ...others].flatMap((one) => graph.tenants.of(one.object.owner)?.name ?? []))],
        related: others.slice(0, 5).map((other) => ({
          at: other.object.origin(other.field),
          message: `${other.object.original.kind} ${other.object.original.name}, too`,
        })),
      };
    }
  },
});

interface Anonymous {
  readonly object: AppliedView;
  readonly field: string;
  /** Where it logs in, if it does. */
  readonly host: string;
  readonly registry: (typeof registries)[number];
}

/** A source in a cloud's registry that says nothing about a login. */
const anonymous = (object: AppliedView): Anonymous | undefined => {
  const field = addressFields.get(`${groupOf(object.apiVersion)}/${object.kind}`);
  const address = field === undefined ? undefined : textAt(object.node(field));
  if (field === undefined || address === undefined) return undefined;
  const [host = '', ...path] = address.replace(/^oci:\/\//, '').split('/');
  const registry = registries.find(({ hosts }) => hosts.test(host));
  if (!registry || isPublic(host, path)) return undefined;
  // A login of one's own may be meant; `provider: generic` is the default written out, by somebody who has decided; a field
  // that is unknown may hold anything.
  const decided = ['/spec/provider', '/spec/secretRef', '/spec/serviceAccountName', '/spec/certSecretRef'];
  if (decided.some((pointer) => object.state(pointer) !== 'absent')) return undefined;
  // A host of Artifact Registry is everybody's; a project is one registry.
  return { object, field, registry, host: host.endsWith('.pkg.dev') ? `${host}/${path[0] ?? ''}` : host };
};

/** Registries that their owners let everybody read: by their name, or known ones. The private ones of ECR never are. */
const isPublic = (host: string, [project = '', repository = '']: readonly string[]): boolean =>
  publicHosts.test(host) ||
  (host.endsWith('.pkg.dev') && (publicProjects.test(project) || isCalledPublic(repository))) ||
  isCalledPublic(host.split('.')[0] ?? '');

const isCalledPublic = (name: string): boolean => /(^|[^a-z])(public|oss|opensource|open-source)([^a-z]|$)|public$/.test(name);

/** Giant Swarm's charts. */
const publicHosts = /^gsoci\.azurecr\.io$/;

/** Of Artifact Registry: Gardener, samples of Google, the staging projects of Kubernetes. */
const publicProjects = /^(gardener-project|google-samples|cloudrun|k8s-(staging|artifacts)-.*)$/;

const addressFields: ReadonlyMap<string, string> = new Map([
  ['source.toolkit.fluxcd.io/OCIRepository', '/spec/url'],
  ['source.toolkit.fluxcd.io/HelmRepository', '/spec/url'],
  ['image.toolkit.fluxcd.io/ImageRepository', '/spec/image'],
]);

const registries = [
  { name: 'Amazon ECR', provider: 'aws', hosts: /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)$/ },
  { name: 'Azure Container Registry', provider: 'azure', hosts: /\.azurecr\.(io|cn|us)$/ },
  { name: 'Google Artifact Registry', provider: 'gcp', hosts: /-docker\.pkg\.dev$/ },
] as const;
