import { type AppliedView, definedAt, defineRule, memo, type Node, podSpec, toPointer, writtenBy, yaml } from '../../src/rule.ts';

export const insecureController = defineRule({
  id: 'security/insecure-controller',
  severity: 'error',
  securitySeverity: 9.0,
  summary: 'A controller of Flux runs with a flag that hands its rights to others',
  why: `\`--insecure-kubeconfig-exec\` lets every kubeconfig run programs within the controller, whose account is cluster-admin:
    who may write such a Secret owns the cluster. \`--insecure-kubeconfig-tls\` lets a kubeconfig switch TLS verification off,
    so that whoever stands in between gets its credentials. Flux documents both as never to be used where there are tenants.`,
  hint: 'Take the flag out; give clusters access by workload identity (kubeConfig.configMapRef) or by a token.',
  reference: 'https://fluxcd.io/flux/security/best-practices/',
  examples: {
    bad: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: kustomize-controller, namespace: flux-system }
      spec:
        template:
          spec:
            containers:
              - name: manager
                args:
                  - --log-level=info
                  - --insecure-kubeconfig-exec=true # expect: security/insecure-controller
    `,
    good: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: kustomize-controller, namespace: flux-system }
      spec:
        template:
          spec:
            containers:
              - name: manager
                args:
                  - --log-level=info
                  - --insecure-kubeconfig-exec=false
    `,
  },

  kinds: ['FluxInstance', 'HelmRelease', 'Deployment'],
  *object(object) {
    const place = placeOf(object);
    const tree = place === undefined ? undefined : object.node(place);
    if (place === undefined || !tree) return;
    for (const { keys, flag } of flagsIn(tree)) {
      const at = object.origin(`${place}${toPointer(keys)}`);
      yield {
        at,
        message: `${object.original.kind} ${object.original.name} sets --${flag}${writtenBy(object, at)}: ${flag.endsWith('exec') ? 'a kubeconfig may run programs with the rights of the controller' : 'a kubeconfig may switch TLS verification off'}.`,
        related: definedAt(object, at),
      };
    }
  },
});

/** Where an object says how the controllers of Flux are started. */
const placeOf = (object: AppliedView): string | undefined => {
  const { kind, original, root } = object;
  if (kind === 'FluxInstance') return '/spec/kustomize/patches';
  if (kind === 'HelmRelease') return '/spec/values';
  const isController = kind === 'Deployment' && /^(kustomize|helm)-controller/.test(original.name);
  return isController ? podSpec(root)?.pointer : undefined;
};

interface Flag {
  readonly keys: readonly (string | number)[];
  readonly flag: string;
}

const flagsIn = memo((tree: Node): readonly Flag[] => [...walk(tree, [])]);

const walk = function* (node: Node, keys: Flag['keys']): Generator<Flag> {
  switch (node.type) {
    case 'scalar': {
      const [, flag] = /--(insecure-kubeconfig-(?:exec|tls))(?!\s*=\s*["']?(?:false|0)\b)/.exec(node.text) ?? [];
      if (flag !== undefined) yield { keys, flag };
      return;
    }
    case 'list':
      for (const [index, item] of node.items.entries()) yield* walk(item, [...keys, index]);
      return;
    case 'map':
      for (const { key, value } of node.entries) yield* walk(value, [...keys, key.text]);
      return;
    case 'unknown':
      return;
    default:
      node satisfies never;
  }
};
