import { defineRule, yaml } from '../../src/rule.ts';

/** Mostly found where builds read files; an object without apiVersion passes there. */
export const missingIdentity = defineRule({
  id: 'manifest/missing-identity',
  severity: 'error',
  summary: 'A manifest has no apiVersion, kind or name',
  why: `Everything that a build picks up must be a Kubernetes object. Without \`kind\` or \`metadata.name\` kustomize fails with
    \`missing Resource metadata\` or \`missing metadata.name in object\`; without \`apiVersion\` the build passes and Flux cannot apply
    the object. Either way nothing of the Kustomization is updated. A name that is a number or empty, as a variable may leave it, passes
    as well, and Flux leaves out the object without a word.`,
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields',
  remedy: 'Write apiVersion, kind and metadata.name, or move the file to where Flux does not pick it up.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n',
      'config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          labels: # expect: manifest/missing-identity
            app: shop
      `,
    },
    good: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n',
      'config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          labels:
            app: shop
      `,
    },
  },

  *object(object) {
    // What no build has read is not known to be more than a part of an object.
    if (object.apiVersion !== '' || object.state('/apiVersion') === 'present' || object.owner.content.type !== 'built') return;
    yield {
      at: object.origin('/kind'),
      message: `${object.kind} ${object.name} has no apiVersion. kustomize lets it pass, and Flux cannot apply it: nothing of the Kustomization is updated.`,
      hint: 'Add the apiVersion of its kind.',
    };
  },
});
