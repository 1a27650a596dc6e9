import {
  type AppliedView,
  addField,
  defineRule,
  isMap,
  itemsOf,
  type KustomizationView,
  memo,
  type Node,
  type Problem,
  type Span,
  type SubstitutedObject,
  type SubstitutedText,
  stringAt,
  yaml,
} from '../../src/rule.ts';

export const unintendedVariable = defineRule({
  id: 'substitution/unintended-variable',
  severity: 'warning',
  fixable: 'safe',
  summary: 'Flux rewrites a variable that belongs to a script or dashboard',
  why: `Where a Kustomization substitutes, Flux replaces every \`\${name}\` in every object, those of shell scripts, of the commands
    of containers and of Grafana dashboards, too, and makes one \`$\` of each \`$$\`. A script that was tested arrives in the cluster with
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
    const all = graph.substitution.objectsOf(kustomization);
    const judge = createJudge(kustomization, all);
    for (const substituted of all) {
      const { object, texts } = substituted;
      const found = texts.flatMap((text) => {
        const what = isOfFlux(object, text) ? undefined : judge(text, object);
        return what === undefined ? [] : [{ text, what }];
      });
      for (const { text, what } of found) {
        if (reported.some((at) => isAt(at, text))) continue;
        yield {
          at: object.origin(text.pointer),
          message: `Flux rewrites ${what} in ${object.kind} ${object.name}: it substitutes in every object of ${kustomization.id}.`,
          cause: { key: `${object.root.span.path} ${object.label}`, place: `it rewrites ${what}, too` },
          fix: fix(substituted, new Set(found.map((one) => one.text)), kustomization),
        };
      }
    }
  },
});

/** Within the text, which a problem may be more exact about. */
const isAt = (span: Span, { node }: SubstitutedText): boolean =>
  span.path === node.span.path && span.start >= node.span.start && span.start <= node.span.end;

/** Texts on which substitution fails or that lose a variable: that is told already. */
const reportedPlaces = ({ content }: KustomizationView): readonly Span[] => {
  const problems = content.type === 'built' ? content.problems.filter(({ ruleId }) => ruleId.startsWith('substitution/')) : [];
  return problems.flatMap(({ at, related = [] }) => [at.span, ...related.map((other) => other.at.span)]);
};

/** Names, keys and what a child Kustomization substitutes in its turn hold no program's text. */
const isOfFlux = ({ kind }: AppliedView, { pointer }: SubstitutedText): boolean =>
  pointer.startsWith('/metadata/') || (kind === 'Kustomization' && pointer.startsWith('/spec/postBuild/'));

const shellNames = /^(HOME|PATH|PWD|OLDPWD|HOSTNAME|USER|RANDOM|IFS|UID|EUID|PPID|SECONDS|LINENO|OPTARG|OPTIND|BASH_[A-Z]+|FUNCNAME)$/;
const dashboardNames = /^(__[a-z_]+|DS_[A-Z0-9_]+|VAR_[A-Z0-9_]+)$/;

type Use = SubstitutedText['uses'][number];

/** What in a text is not meant for Flux, as written; undefined where nothing shows that. */
type JudgeText = (text: SubstitutedText, object: AppliedView) => string | undefined;

const createJudge = ({ content, objects }: KustomizationView, all: readonly SubstitutedObject[]): JudgeText => {
  const isGiven = (name: string) =>
    content.type === 'built' && (content.variables.known.has(name) || content.variables.withoutValue.has(name));
  const environment = memo(({ root }: AppliedView) => environmentNames(root));
  /** A script in a ConfigMap runs in a container of another object. */
  const hasInEnvironment = (name: string, object: AppliedView) =>
    environment(object).has(name) || (object.kind === 'ConfigMap' && objects.some((other) => environment(other).has(name)));
  // Filled in where no program reads it, too, it is Flux's.
  const isUsedBeside = (name: string) =>
    all.some(({ object, texts }) => texts.some((text) => typeOf(text, object) === undefined && text.uses.some((use) => use.name === name)));

  return (text, object) => {
    const { text: written } = text.node;
    const type = typeOf(text, object);
    const isProgramOwn = ({ name, operator }: Use): boolean => {
      // No variable of Flux begins with a digit: a group of an expression, or an argument.
      if (/^\d+$/.test(name)) return true;
      if (type === undefined) return false;
      if (type === 'dashboard') return dashboardNames.test(name) || captured(written, dashboardVariable).has(name);
      if (shellNames.test(name) || isAssigned(name, written)) return true;
      if (isGiven(name)) return false;
      if (hasInEnvironment(name, object)) return !isUsedBeside(name);
      return operator !== undefined && (type === 'script' || /^[#%]/.test(operator));
    };
    const found = text.uses.find(isProgramOwn);
    if (found) return `\${${found.name}${found.operator === undefined ? '' : `${found.operator}…`}}`;
    return type === 'script' && written.includes('$$') && !/\$\$\{/.test(written) ? '$$' : undefined;
  };
};

const isAssigned = (name: string, script: string): boolean =>
  captured(script, assignment).has(name) || captured(script, declaration).has(name);

const dashboardVariable = /"name"\s*:\s*"([^"]*)"/g;
const assignment = /(?<![^\s;(])([\p{L}\p{Nd}_]+)=/gu;
const declaration = /(?<![^\s;(])(?:for|read|local|export|declare) (?=([\p{L}\p{Nd}_]+))/gu;

const captured = (text: string, pattern: RegExp): ReadonlySet<string | undefined> =>
  new Set([...text.matchAll(pattern)].map(([, name]) => name));

/** A script of its own file, what a container is started with, or a dashboard; undefined for any other text. */
const typeOf = ({ node: { text }, pointer }: SubstitutedText, { kind }: AppliedView): 'script' | 'command' | 'dashboard' | undefined => {
  const isLong = text.includes('\n');
  if (isLong && (/^#!.*\b(sh|bash|zsh|ash|dash)\b/.test(text) || /\.(sh|bash)$/.test(pointer))) return 'script';
  if (isLong && /^\s*\{/.test(text) && /"(panels|templating)"\s*:/.test(text)) return 'dashboard';
  if (kind === 'ConfigMap' || kind === 'Secret') return undefined;
  if (/\/(command|args|entrypoint|script|scripts|exec)(\/|$)/i.test(pointer)) return 'command';
  return isLong && shellLines.test(text) ? 'command' : undefined;
};

const shellLines =
  /^[ \t]{0,200}(set -[a-z]{0,20}[eux]|if \[.{0,500}then|fi|done|esac|while .{0,500}; {0,20}do|for \w{1,100} in .{0,500})[ \t]{0,20}$/m;

/** Names in `env`, a list as in containers or a map as in the values of charts. */
const environmentNames = (node: Node): ReadonlySet<string> => {
  const names = new Set<string>();
  const walk = (here: Node) => {
    for (const item of itemsOf(here)) walk(item);
    if (!isMap(here)) return;
    for (const { key, value } of here.entries) {
      if (key.text !== 'env') walk(value);
      else if (isMap(value)) for (const entry of value.entries) names.add(entry.key.text);
      else for (const item of itemsOf(value)) names.add(stringAt(item, 'name') ?? '');
    }
  };
  walk(node);
  return names;
};

/** The opt-out, where the object asks for nothing that the Kustomization gives, or may give. */
const fix = ({ object, texts }: SubstitutedObject, found: ReadonlySet<SubstitutedText>, { content }: KustomizationView): Problem['fix'] => {
  if (content.type !== 'built') return undefined;
  const { known, withoutValue, open } = content.variables;
  const asksFor = texts.flatMap(({ uses }) => uses);
  if (asksFor.some(({ name }) => known.has(name) || withoutValue.has(name))) return undefined;
  if (open !== undefined && texts.some((text) => !found.has(text) || text.uses.length > 1)) return undefined;
  const key = 'kustomize.toolkit.fluxcd.io/substitute';
  return object.node('/metadata/annotations') === undefined
    ? addField(object, '/metadata/annotations', `{ ${key}: disabled }`)
    : addField(object, `/metadata/annotations/${key.replace('/', '~1')}`, 'disabled');
};
