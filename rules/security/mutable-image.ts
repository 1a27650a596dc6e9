import { type Container, definedAt, defineRule, type MapNode, memo, podSpec, workloadKinds, writtenBy, yaml } from '../../src/rule.ts';

export const mutableImage = defineRule({
  id: 'security/mutable-image',
  severity: 'warning',
  securitySeverity: 5.0,
  summary: 'A workload in production runs an image whose tag moves',
  why: `\`latest\`, no tag at all, and the names of branches mean another image whenever somebody pushes. Nothing in the
    repository changes, Flux sees nothing to do, and a pod that is moved to another node comes back as another program.
    Nobody can say what ran last week, and a rollback rolls back to nothing.`,
  hint: 'Name a version or a digest; an ImagePolicy can keep it up to date.',
  reference: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  examples: {
    bad: {
      'clusters/production/billing.yaml': yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: billing, namespace: billing }
        spec:
          template:
            spec:
              containers:
                - name: billing
                  image: registry.example.com/billing:latest # expect: security/mutable-image
      `,
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    },
    good: {
      'clusters/production/billing.yaml': yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: billing, namespace: billing }
        spec:
          template:
            spec:
              containers:
                - name: billing
                  image: registry.example.com/billing:1.4.2
      `,
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    },
  },

  kinds: workloadKinds,
  *object(workload, { graph }) {
    const moving = movingImages(workload.root);
    if (moving.length === 0) return;
    const environment = graph.clusters.get(workload.cluster)?.environment?.environment;
    if (environment === undefined || !graph.environments.isProtected(environment)) return;
    for (const { container, image, tag } of moving) {
      const at = workload.origin(`${container.pointer}/image`);
      const what = tag === undefined ? 'without a tag, which means latest' : `by the tag ${tag}, which moves`;
      yield {
        at,
        message: `Container ${container.name} of ${workload.original.kind} ${workload.original.name} runs ${image} ${what}${writtenBy(workload, at)}. What runs in production changes without a commit.`,
        related: definedAt(workload, at),
      };
    }
  },
});

interface MovingImage {
  readonly container: Container;
  readonly image: string;
  /** Undefined: there is none. */
  readonly tag: string | undefined;
}

const movingImages = memo((root: MapNode): readonly MovingImage[] =>
  (podSpec(root)?.containers ?? []).flatMap((container) => {
    const node = container.node.entries.find(({ key }) => key.text === 'image')?.value;
    if (node?.type !== 'scalar' || node.text === '') return [];
    const image = node.text;
    // A digest holds the image still; what a variable or a template leaves open is not known.
    if (image.includes('@') || /[${}<>()]/.test(image)) return [];
    const tag = /:([^:/]+)$/.exec(image)?.[1];
    return tag === undefined || movingTags.test(tag) ? [{ container, image, tag }] : [];
  }),
);

/** Whole tags only: `latest-stable` of a job may be as fixed as any other name. */
const movingTags =
  /^(latest|main|master|trunk|head|develop|dev|edge|nightly|canary|snapshot|unstable|stable|rolling|next|staging|prod|production)$/i;
