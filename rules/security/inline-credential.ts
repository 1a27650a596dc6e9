import {
  type AppliedView,
  abridged,
  child,
  credentialLines,
  definedAt,
  defineRule,
  grouped,
  isLikelyCredential,
  isWellKnown,
  type KnownCredential,
  knownCredential,
  type MapNode,
  memo,
  type Node,
  namesCredential,
  type Origin,
  podSpec,
  type ScalarNode,
  type Span,
  stringAt,
  toPointer,
  writtenBy,
  yaml,
} from '../../src/rule.ts';

export const inlineCredential = defineRule({
  id: 'security/inline-credential',
  severity: 'error',
  securitySeverity: 8.0,
  summary: 'A password, token or key stands in values, variables, a ConfigMap, arguments or a URL',
  why: `Everyone who can read the repository has the credential, and everyone who may read the object in the cluster has it
    too: ConfigMaps, HelmReleases and pods are shown to many who may see no Secret. Helm stores values once more in each
    release. A token of a known form, and a URL with a password, are credentials beyond doubt; where only the name says so it
    is a warning, and an info where it is what an image comes with, or on a cluster on somebody's own machine.`,
  hint: 'Change the credential, put it into an encrypted Secret, and refer to that (valuesFrom, substituteFrom, secretKeyRef, secretRef).',
  reference: 'https://fluxcd.io/flux/security/secrets-management/',
  unless: 'Not for throw-away defaults of a local cluster.',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 5m
        url: https://deploy:7hGpq2Lm@git.example.com/acme/shop # expect: security/inline-credential
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 5m
        url: https://git.example.com/acme/shop
        secretRef: { name: shop-deploy }
    `,
  },

  *object(object, { graph }) {
    const credentials = credentialsIn(object.root);
    if (credentials.length === 0) return;
    // One password in ten fields is one password.
    for (const [first, ...others] of grouped(credentials, ({ value }) => value).values()) {
      const found = problem(object, first, others);
      // An issued token opens more than the cluster it is used on.
      const isThrowaway = first.evidence !== 'issued' && graph.clusters.isLocal(object.owner.target);
      yield isThrowaway ? { ...found, atMost: 'info' as const } : found;
    }
  },
});

/** Everything in an object that is or may be a credential; the object alone decides. */
const credentialsIn = memo((root: MapNode): readonly Found[] => {
  const kind = stringAt(root, 'kind') ?? '';
  if (ownWays.has(kind)) return [];
  const known = root.entries.flatMap(({ key, value }) => (value.type === 'scalar' ? [] : search(value, [key.text], knownIn)));
  const place = namedPlaces.get(kind);
  const named = place && child(root, ...place);
  const pod = podSpec(root);
  return [...known, ...(place && named ? search(named, place, namedIn) : []), ...(pod ? search(pod.node, pod.keys, environmentIn) : [])];
});

/** Secrets have rules of their own, what is sealed is random text, and definitions hold examples. */
const ownWays: ReadonlySet<string> = new Set(['Secret', 'SealedSecret', 'SopsSecret', 'CustomResourceDefinition']);

/** Where every name is the author's, and may say what it holds. */
const namedPlaces: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    HelmRelease: ['spec', 'values'],
    Kustomization: ['spec', 'postBuild', 'substitute'],
    ConfigMap: ['data'],
  }),
);

interface Suspect {
  readonly what: string;
  readonly value: string;
  /** In the text; undefined where all of it is the credential. */
  readonly start: number | undefined;
  readonly evidence: KnownCredential['strength'] | 'name';
}

interface Found extends Suspect {
  readonly node: ScalarNode;
  readonly pointer: string;
}

const problem = (object: AppliedView, found: Found, others: readonly Found[]) => {
  const { pointer } = found;
  const at = placeOf(object, found);
  const places = others.map((other) => ({ at: placeOf(object, other), message: `The same at ${other.pointer}` }));
  const more = others.length === 0 ? '' : ` and in ${others.length} more places`;
  return {
    at,
    message: `${object.original.kind} ${object.original.name} holds ${found.what} (${abridged(found.value)}) at ${pointer}${writtenBy(object, at)}${more}. Everyone who reads the repository has it.`,
    related: [...places.slice(0, 5), ...definedAt(object, at)],
    masks: [at.span, ...places.map((place) => place.at.span)],
    atMost: mostOf[found.evidence],
  };
};

const mostOf = { issued: undefined, made: undefined, name: 'warning', weak: 'info' } as const;

const placeOf = (object: AppliedView, found: Found): Origin => {
  const origin = object.origin(found.pointer);
  return { ...origin, span: spanOf(found, origin.span) };
};

/** In a file that became a value, the very place; else the value. */
const spanOf = ({ node, start, value }: Found, span: Span): Span => {
  if (start === undefined || span.end - span.start !== node.text.length || !isFromFile(node)) return span;
  return { path: span.path, start: span.start + start, end: span.start + start + value.length };
};

const isFromFile = ({ via, style }: ScalarNode): boolean => via.some(({ type }) => type === 'generator') && style !== 'literal';

type Judge = (text: ScalarNode, key: Key, above: Place | undefined) => readonly Suspect[];

/** Tokens, keys and URLs with passwords, wherever they stand. */
const knownIn: Judge = ({ text }) => {
  const known = knownCredential(text);
  return known ? [{ what: known.what, value: known.value, start: known.start, evidence: known.strength }] : [];
};

/** Fields whose name says that they hold a credential, and such lines of files within a text. */
const namedIn: Judge = ({ text }, key, above) => {
  if (!text.includes('\n')) return likely(nameOf(key, above), text);
  if (knownCredential(text)) return [];
  return credentialLines(text, nameOf(key, above)).map(({ name, value, start }) => ({
    what: `what looks like the credential ${name}`,
    value,
    start,
    evidence: evidenceOf(value),
  }));
};

/** The password that an image comes with was never a secret. */
const evidenceOf = (value: string): Suspect['evidence'] => (isWellKnown(value) ? 'weak' : 'name');

/** `env` entries and arguments of containers. */
const environmentIn: Judge = ({ text }, key, above) => {
  if (key === 'value' && above?.above?.key === 'env') return likely(nameOf(key, above), text);
  const list = above?.key;
  const [, name = '', value = ''] = (list === 'args' || list === 'command' ? /^--?([A-Za-z][\w.-]*)=(\S+)$/.exec(text) : undefined) ?? [];
  return likely(name, value);
};

const likely = (name: string, value: string): readonly Suspect[] => {
  if (!namesCredential(name) || !isLikelyCredential(name, value) || knownCredential(value)) return [];
  return [{ what: `what looks like the credential ${name}`, value, start: undefined, evidence: evidenceOf(value) }];
};

/** The field's own name, or what `name` beside a `value` says. */
const nameOf = (key: Key, above: Place | undefined): string => {
  const beside = key === 'value' ? child(above?.node, 'name') : undefined;
  return beside?.type === 'scalar' ? beside.text : String(key);
};

type Key = string | number;

/** A map or list on the way from the tree that is searched; linked, since few of the many texts become a finding. */
interface Place {
  readonly node: Node;
  readonly key: Key;
  readonly above: Place | undefined;
}

const keysOf = (key: Key, above: Place | undefined): readonly Key[] => (above ? [...keysOf(above.key, above.above), key] : []);

/** Judges every text of a tree that was written where it stands: a variable's value is judged where the variable gets it. */
const search = (tree: Node, at: readonly string[], judge: Judge): readonly Found[] => {
  const found: Found[] = [];
  const visit = (node: Node, key: Key, above: Place | undefined): void => {
    switch (node.type) {
      case 'scalar':
        if (!isWorthALook(node)) return;
        for (const suspect of judge(node, key, above)) found.push({ ...suspect, node, pointer: toPointer([...at, ...keysOf(key, above)]) });
        return;
      case 'list': {
        const place = { node, key, above };
        for (const [index, item] of node.items.entries()) visit(item, index, place);
        return;
      }
      case 'map': {
        const place = { node, key, above };
        for (const entry of node.entries) visit(entry.value, entry.key.text, place);
        return;
      }
      case 'unknown':
        return;
      default:
        node satisfies never;
    }
  };
  visit(tree, '', undefined);
  return found;
};

const isWorthALook = ({ text, value, via }: ScalarNode): boolean =>
  text.length >= 4 && typeof value !== 'boolean' && !via.some(({ type }) => type === 'substitution');
