import { type AppliedView, defineRule, itemsOf, type Problem, stringAt, textAt, yaml } from '../../src/rule.ts';

export const replacedArguments = defineRule({
  id: 'reliability/replaced-arguments',
  severity: 'warning',
  summary: 'A patch replaces all arguments of a controller of Flux',
  why: `The arguments of a container are a list without merge key: a strategic-merge patch with one of them leaves that one and
    takes away the rest (Kubernetes: core/v1 Container.args is atomic). The controller then sends no events
    (\`--events-addr\`), runs without leader election, and logs in another format; source-controller loses its storage.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/boostrap-customization/',
  remedy: 'Add the argument by a JSON patch: op: add, path: /spec/template/spec/containers/0/args/-.',
  examples: {
    bad: yaml`
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        kustomize:
          patches:
            - target: { kind: Deployment, name: helm-controller }
              patch: | # expect: reliability/replaced-arguments
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: helm-controller }
                spec:
                  template:
                    spec:
                      containers:
                        - name: manager
                          args: [--concurrent=3]
    `,
    good: yaml`
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        kustomize:
          patches:
            - target: { kind: Deployment, name: helm-controller }
              patch: |
                - op: add
                  path: /spec/template/spec/containers/0/args/-
                  value: --concurrent=3
    `,
  },

  kinds: ['Deployment', 'FluxInstance', 'HelmRelease'],
  *object(object) {
    if (object.kind === 'Deployment') {
      const problem = ofDeployment(object);
      if (problem) yield problem;
      return;
    }
    yield* ofInstance(object, object.kind === 'FluxInstance' ? '/spec' : '/spec/values/instance');
  },
});

/** In every manifest of Flux since 0.1 (flux2: manifests/bases). */
const always = '--enable-leader-election';

const ofDeployment = (object: AppliedView): Problem | undefined => {
  if (
    textAt(object.root, 'metadata', 'labels', 'app.kubernetes.io/part-of') !== 'flux' ||
    !/^[a-z-]+-controller$/.test(object.original.name)
  )
    return;
  const containers = itemsOf(object.node('/spec/template/spec/containers'));
  for (const [index, container] of containers.entries()) {
    const pointer = `/spec/template/spec/containers/${index}/args`;
    const list = object.node(pointer);
    if (list?.type !== 'list' || stringAt(container, 'name') !== 'manager') continue;
    const texts = list.items.map((item) => stringAt(item));
    // What Flux itself wrote, with or without a line, lies in one file.
    const isOther = list.items.length > 0 && list.items.every(({ span }) => span.path !== object.root.span.path);
    if (!isOther || texts.includes(undefined) || texts.some((text) => text?.startsWith(always))) continue;
    return {
      at: object.origin(pointer),
      message: `The arguments of ${object.label} are these alone: the patch takes away all that Flux starts it with, --events-addr and ${always} among them.`,
      hint: 'Add to them by a JSON patch: op: add, path: /spec/template/spec/containers/0/args/-.',
      related: [{ at: object.origin('/metadata/name'), message: 'the controller is here' }],
    };
  }
  return undefined;
};

const ofInstance = function* (object: AppliedView, place: string): Generator<Problem> {
  for (const [index, patch] of itemsOf(object.node(`${place}/kustomize/patches`)).entries()) {
    const text = stringAt(patch, 'patch') ?? '';
    const isStrategic = /^kind:\s*Deployment\s*$/m.test(text) && /^\s+(-\s+)?args:/m.test(text) && !/^\s*-?\s*op:/m.test(text);
    if (!isStrategic || text.includes(always)) continue;
    yield {
      at: object.origin(`${place}/kustomize/patches/${index}/patch`),
      message: `A patch of ${object.label} gives a controller these arguments alone: all that Flux starts it with is taken away, --events-addr and ${always} among them.`,
      hint: 'Add to them by a JSON patch: op: add, path: /spec/template/spec/containers/0/args/-.',
    };
  }
};
