import {
  addField,
  defineRule,
  type KustomizationView,
  type Problem,
  type SubstitutedObject,
  type SubstitutedText,
  yaml,
} from '../../src/rule.ts';

export const unintendedVariable = defineRule({
  id: 'substitution/unintended-variable',
  severity: 'warning',
  fixable: 'safe',
  summary: 'Flux rewrites a variable that belongs to a script or dashboard',
  why: `Where a Kustomization substitutes, Flux replaces every \`\${name}\` in every object, those of shell scripts and Grafana
    dashboards in ConfigMaps, too, and makes one \`$\` of each \`$$\`. A script that was tested arrives in the cluster with
    other words in it: a default in the place of its argument, nothing in the place of its own variable.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  hint: 'Annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled, or write $${name}.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - shop.yaml\n',
      'shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./clusters/example/shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute:
              currency: EUR
      `,
      'shop/backup.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: backup, namespace: default }
        data:
          # expect: substitution/unintended-variable
          backup.sh: |
            #!/bin/sh
            tar -cf "${'$'}{1:-/backup}/shop.tar" /var/lib/shop
      `,
    },
    good: {
      'kustomization.yaml': 'resources:\n  - shop.yaml\n',
      'shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./clusters/example/shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute:
              currency: EUR
      `,
      'shop/backup.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: backup
          namespace: default
          annotations:
            kustomize.toolkit.fluxcd.io/substitute: disabled
        data:
          backup.sh: |
            #!/bin/sh
            tar -cf "${'$'}{1:-/backup}/shop.tar" /var/lib/shop
      `,
    },
  },

  *kustomization(kustomization, { graph }) {
    const reported = reportedPlaces(kustomization);
    for (const { object, texts } of graph.substitution.objectsOf(kustomization)) {
      if (object.kind !== 'ConfigMap') continue;
      for (const text of texts) {
        const what = text.pointer.startsWith('/data/') && !reported.has(place(text)) ? unintended(text, kustomization) : undefined;
        if (what === undefined) continue;
        yield {
          at: object.origin(text.pointer),
          message: `Flux rewrites ${what} in ConfigMap ${object.name}: it substitutes in every object of ${kustomization.id}.`,
          fix: fix({ object, texts }, kustomization),
        };
      }
    }
  },
});

const place = ({ node }: SubstitutedText): string => `${node.span.path}:${node.span.start}`;

/** Texts on which substitution fails or that lose a variable: that is told already. */
const reportedPlaces = ({ content }: KustomizationView): ReadonlySet<string> =>
  new Set(
    content.type === 'built'
      ? content.problems.filter(({ ruleId }) => ruleId.startsWith('substitution/')).map(({ at }) => `${at.span.path}:${at.span.start}`)
      : [],
  );

const shellNames = /^(\d+|HOME|PATH|PWD|OLDPWD|HOSTNAME|USER|RANDOM|IFS|UID|EUID|PPID|SECONDS|LINENO|OPTARG|OPTIND|BASH_[A-Z]+|FUNCNAME)$/;
const dashboardNames = /^(__[a-z_]+|DS_[A-Z0-9_]+|VAR_[A-Z0-9_]+)$/;

/** What in a text is not meant for Flux, as written; undefined where nothing shows that. */
const unintended = ({ node, pointer, uses }: SubstitutedText, { content }: KustomizationView): string | undefined => {
  const { text } = node;
  if (!text.includes('\n')) return undefined;
  const isScript = /^#!.*\b(sh|bash|zsh|ash|dash)\b/.test(text) || /\.(sh|bash)$/.test(pointer);
  const isDashboard = /^\s*\{/.test(text) && /"(panels|templating)"\s*:/.test(text);
  const isGiven = (name: string) => content.type === 'built' && content.variables.known.has(name);
  const found = uses.find(({ name, operator }) => {
    if (isDashboard) return dashboardNames.test(name) || new RegExp(`"name"\\s*:\\s*"${name}"`).test(text);
    if (!isScript) return false;
    const isOwn = shellNames.test(name) || new RegExp(`(^|[\\s;(])(${name}=|(for|read|local|export|declare) ${name}\\b)`, 'm').test(text);
    return isOwn || (operator !== undefined && !isGiven(name));
  });
  if (found) return `\${${found.name}${found.operator === undefined ? '' : `${found.operator}…`}}`;
  return isScript && text.includes('$$') && !/\$\$\{/.test(text) ? '$$' : undefined;
};

/** The opt-out, where the object asks for nothing that the Kustomization gives. */
const fix = ({ object, texts }: SubstitutedObject, { content }: KustomizationView): Problem['fix'] => {
  const given = content.type === 'built' ? content.variables.known : new Map<string, unknown>();
  const asksFor = texts.flatMap(({ uses }) => uses);
  if (asksFor.some(({ name }) => given.has(name))) return undefined;
  const key = 'kustomize.toolkit.fluxcd.io/substitute';
  return object.node('/metadata/annotations') === undefined
    ? addField(object, '/metadata/annotations', `{ ${key}: disabled }`)
    : addField(object, `/metadata/annotations/${key.replace('/', '~1')}`, 'disabled');
};
