import {
  child,
  definedAt,
  defineRule,
  type Graph,
  isTrue,
  itemsOf,
  labelOf,
  type MapNode,
  matchesGlob,
  memo,
  type Node,
  type PodSpec,
  podSpec,
  stringAt,
  workloadKinds,
  writtenBy,
  yaml,
} from '../../src/rule.ts';

export const privilegedWorkload = defineRule({
  id: 'security/privileged-workload',
  severity: 'warning',
  securitySeverity: 6.0,
  summary: 'A workload gets hold of its node: privileged, host namespaces, hostPath or capabilities',
  why: `Each of these lets the container out: whoever takes over the program has the node, and the Secrets of every pod on it.
    What the Pod Security Standards forbid from \`baseline\` on is counted. A patch of one overlay does this as well as the
    base, and a hardened base says nothing about it. Namespaces that are labelled for privileged pods
    (\`pod-security.kubernetes.io/enforce: privileged\`) are left out: somebody decided. A directory of the node
    that is nobody else's, and logs that are only read, are an info.`,
  hint: 'Take it away, or say so: label the namespace for privileged pods, or name it in the option namespaces.',
  reference: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  unless: 'Not for agents of the node, such as CNI and storage drivers: name them in overrides.',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      namespaces: {
        type: 'array',
        items: { type: 'string' },
        default: ['kube-system'],
        description: 'Globs of namespaces whose workloads may be privileged.',
      },
    },
  },
  examples: {
    bad: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: billing, namespace: billing }
      spec:
        template:
          spec:
            containers:
              - name: billing
                image: registry.example.com/billing:1.4.2
                securityContext:
                  privileged: true # expect: security/privileged-workload
    `,
    good: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: billing, namespace: billing }
      spec:
        template:
          spec:
            containers:
              - name: billing
                image: registry.example.com/billing:1.4.2
                securityContext:
                  privileged: false
    `,
  },

  kinds: workloadKinds,
  *object(workload, { graph, options }) {
    const powers = powersOf(workload.root);
    if (powers.length === 0) return;
    const namespace = workload.namespace ?? '';
    if (options.namespaces.some((glob) => matchesGlob(namespace, glob))) return;
    if (isLabelledPrivileged(workload.cluster, namespace, graph)) return;
    for (const { pointer, what, consequence, atMost } of powers) {
      const at = workload.origin(pointer);
      yield {
        at,
        message: `${workload.original.kind} ${workload.original.name} ${what}${writtenBy(workload, at)}. ${consequence}`,
        related: definedAt(workload, at),
        cause: { key: `${workload.root.span.path} ${workload.original.kind} ${workload.original.name}`, place: `it ${what}` },
        atMost,
      };
    }
  },
});

interface Power {
  readonly pointer: string;
  /** Continues "Deployment billing …". */
  readonly what: string;
  readonly consequence: string;
  readonly atMost?: 'info' | undefined;
}

const takeover = 'Whoever takes the container over has the node.';

const powersOf = memo((root: MapNode): readonly Power[] => {
  const pod = podSpec(root);
  if (!pod) return [];
  const host = (['hostNetwork', 'hostPID', 'hostIPC'] as const).flatMap((field) =>
    isTrue(child(pod.node, field))
      ? [
          {
            pointer: `${pod.pointer}/${field}`,
            what: `shares the node's namespaces (${field}: true)`,
            consequence: 'It meets what runs on the node as if it were part of it.',
          },
        ]
      : [],
  );
  const volumes = itemsOf(child(pod.node, 'volumes')).flatMap((volume, index) => {
    const path = child(volume, 'hostPath', 'path');
    if (path?.type !== 'scalar') return [];
    return [
      {
        pointer: `${pod.pointer}/volumes/${index}/hostPath/path`,
        what: `mounts ${path.text} of the node (hostPath)`,
        consequence: 'What lies there belongs to the node and to every pod on it.',
        atMost: isDirectoryOfItsOwn(path.text) || (isOnlyRead(volume, pod) && logs.test(path.text)) ? ('info' as const) : undefined,
      },
    ];
  });
  const containers = pod.containers.flatMap(({ name, pointer, node }) => {
    const context = child(node, 'securityContext');
    const privileged = isTrue(child(context, 'privileged'))
      ? [{ pointer: `${pointer}/securityContext/privileged`, what: `runs container ${name} as privileged`, consequence: takeover }]
      : [];
    const added = itemsOf(child(context, 'capabilities', 'add')).flatMap((capability, index) =>
      capability.type === 'scalar' && !baseline.has(capability.text.replace(/^CAP_/, ''))
        ? [
            {
              pointer: `${pointer}/securityContext/capabilities/add/${index}`,
              what: `gives container ${name} the capability ${capability.text}`,
              consequence: takeover,
            },
          ]
        : [],
    );
    return [...privileged, ...added];
  });
  return [...host, ...volumes, ...containers];
});

/** Where the node keeps what makes it a node: its programs, settings, devices, sockets, and the state of kubelet and of what runs containers. */
const ofTheNode =
  /^\/$|^\/(bin|boot|dev|etc|home|lib|lib64|opt|proc|root|run|sbin|sys|usr|var|var\/lib|var\/run)$|^\/(bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|usr|var\/run|var\/log)\/|^\/var\/lib\/(kubelet|docker|containerd|containers|rancher|k0s|etcd|cni)(\/|$)/;

/** A directory that nothing but this workload has a use for. */
const isDirectoryOfItsOwn = (path: string): boolean => !ofTheNode.test(path) && !path.includes('..');

/** What collectors of logs read is shown to many. */
const logs = /^\/var\/(log|lib\/docker\/containers)(\/|$)/;

/** Every container that mounts the volume may only read it. */
const isOnlyRead = (volume: Node, { containers }: PodSpec): boolean => {
  const mounts = containers.flatMap(({ node }) => itemsOf(child(node, 'volumeMounts')));
  const own = mounts.filter((mount) => stringAt(mount, 'name') === stringAt(volume, 'name'));
  return own.every((mount) => isTrue(child(mount, 'readOnly')));
};

/** Capabilities that the baseline of the Pod Security Standards lets pods add. */
const baseline: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '),
);

const isLabelledPrivileged = (cluster: string, namespace: string, graph: Graph): boolean =>
  graph.clusters
    .namesakes(cluster, 'Namespace', namespace)
    .some(({ root }) => labelOf(root, 'pod-security.kubernetes.io/enforce') === 'privileged');
