import { defineRule, textAt, yaml } from '../../src/rule.ts';

export const missingProvider = defineRule({
  id: 'security/missing-provider',
  severity: 'warning',
  securitySeverity: 3.0,
  summary: 'A registry of AWS, Azure or Google is read without provider',
  why: `Without \`provider\` Flux asks the registry as anybody would. Private registries of the clouds refuse that, and a login
    kept in a Secret stands still while theirs expire within hours: ECR's after twelve. With the provider set, the controller
    logs in by its own workload identity, and no credential lies around.`,
  reference: 'https://fluxcd.io/flux/components/source/ocirepositories/#provider',
  remedy: 'Set provider to aws, azure or gcp.',
  unless: 'Not where a pull secret is used on purpose.',
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

  kinds: ['OCIRepository', 'HelmRepository', 'ImageRepository'],
  *object(object) {
    const field = addressFields[`${object.apiVersion.slice(0, object.apiVersion.indexOf('/'))}/${object.kind}`];
    const address = field === undefined ? undefined : textAt(object.node(field));
    if (field === undefined || address === undefined) return;
    const host = address.replace(/^oci:\/\//, '').replace(/[:/].*$/s, '');
    const registry = registries.find(({ hosts }) => hosts.test(host));
    // A login of one's own may be meant, and a field that is unknown may hold anything.
    const isDecided = ['/spec/secretRef', '/spec/serviceAccountName', '/spec/certSecretRef'].some(
      (pointer) => object.state(pointer) !== 'absent',
    );
    if (!registry || isDecided || object.state('/spec/provider') === 'unknown') return;
    if ((textAt(object.root, 'spec', 'provider') ?? 'generic') !== 'generic') return;
    yield {
      at: object.origin(field),
      message: `${object.original.kind} ${object.original.name} reads ${registry.name} without a login: no provider and no secretRef. A private registry refuses that.`,
      hint: `Set provider: ${registry.provider} and give the controller an identity that may read.`,
    };
  },
});

const addressFields: Readonly<Record<string, string>> = {
  'source.toolkit.fluxcd.io/OCIRepository': '/spec/url',
  'source.toolkit.fluxcd.io/HelmRepository': '/spec/url',
  'image.toolkit.fluxcd.io/ImageRepository': '/spec/image',
};

const registries = [
  { name: 'Amazon ECR', provider: 'aws', hosts: /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)$/ },
  { name: 'Azure Container Registry', provider: 'azure', hosts: /\.azurecr\.(io|cn|us)$/ },
  { name: 'Google Artifact Registry', provider: 'gcp', hosts: /-docker\.pkg\.dev$/ },
] as const;
