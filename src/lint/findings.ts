/** Hits → findings: one for each cause, with severity, reach, object and fingerprint, in the order of places. */
import { createHash } from 'node:crypto';
import { byText } from '../files/files.ts';
import type { Graph } from '../graph/graph.ts';
import type { ParseFile } from '../kustomize/build.ts';
import type { Finding, FindingFix, Reach } from '../model/finding.ts';
import { grouped } from '../model/grouped.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Fix, Related } from '../model/problem.ts';
import { atMost, type Severity, severityRank } from '../model/severity.ts';
import { asWritten } from './fix/faithful.ts';
import { textEdit } from './fix/text-edit.ts';
import type { Hit, Place } from './hit.ts';
import { pageOf } from './rule-meta.ts';
import type { Sources } from './sources.ts';
import { writtenPlace } from './written-place.ts';

export interface FindingsInput {
  readonly hits: readonly Hit[];
  readonly graph: Graph;
  readonly sources: Sources;
  readonly parse: ParseFile;
  /** The configured severity of a rule in a file, for what was found there. */
  readonly severityOf: (ruleId: string, path: string, place: Place) => Severity | 'off';
}

export const toFindings = (input: FindingsInput): readonly Finding[] => {
  const { sources, graph, severityOf } = input;
  const hits = input.hits.filter(({ rule, isFor, problem, ...hit }) => {
    const { path } = sources.location(problem.at.span);
    const places = placesOf({ rule, problem, ...hit }, graph);
    return places.some((place) => severityOf(rule.id, path, place) !== 'off') && (isFor?.(path, onlyOne(places)) ?? true);
  });
  const drafts = [...grouped(hits, causeOf).values()].flatMap((hits) => draft(knownFirst(ofClusters(hits)), input) ?? []);
  return withFingerprints(drafts).sort(byPlace);
};

const causeOf = ({ rule, problem }: Hit): string => {
  const { path, start, end } = problem.at.span;
  return `${rule.id}\u0000${path}\u0000${start}\u0000${end}`;
};

/** What clusters run into is judged by them; that nobody applies the base by itself says nothing more. */
const ofClusters = (hits: readonly [Hit, ...Hit[]]): readonly [Hit, ...Hit[]] => {
  const [first, ...others] = hits.filter(({ isUnreached }) => !isUnreached);
  return first ? [first, ...others] : hits;
};

/** An object that has a name tells more than one that stands for many. */
const knownFirst = (hits: readonly [Hit, ...Hit[]]): readonly [Hit, ...Hit[]] => {
  const isMany = ({ object }: Hit) => object?.standsFor !== undefined;
  const [first, ...others] = hits.some(isMany) ? [...hits.filter((hit) => !isMany(hit)), ...hits.filter(isMany)] : hits;
  return first ? [first, ...others] : hits;
};

/** A finding that lacks its fingerprint, and what that is made of. */
interface Draft {
  readonly finding: Omit<Finding, 'fingerprint'>;
  readonly identity: string;
}

const draft = (hits: readonly [Hit, ...Hit[]], { graph, sources, parse, severityOf }: FindingsInput): Draft | undefined => {
  const [first] = hits;
  const { rule, problem } = first;
  const { span } = problem.at;
  const reach = reachOf(hits, graph);
  const location = sources.location(span);
  // Where no cluster is here at all, others apply what is.
  const isForOthers = graph.clusters.all.length === 0 && hits.some(({ isUnreached }) => isUnreached);
  const limit = isForOthers || isReached(reach, graph) ? undefined : 'warning';
  const configuredFor = (hit: Hit): readonly Severity[] =>
    placesOf(hit, graph).flatMap((place) => {
      const configured = severityOf(rule.id, location.path, place);
      return configured === 'off' ? [] : [configured];
    });
  const severity = hits
    .flatMap((hit) => configuredFor(hit).map((configured) => atMost(atMost(configured, hit.problem.atMost), limit)))
    .sort((a, b) => severityRank(a) - severityRank(b))[0];

  const place = writtenPlace(span, sources, parse);
  const object = objectOf(first, place.object);
  const isRendered = problem.at.via.some(({ type }) => type === 'template' || type === 'terraform');
  const fix = problem.fix && !isRendered ? fixOf(problem.fix, sources) : undefined;
  return {
    identity: JSON.stringify([
      rule.id,
      location.repository ?? '',
      location.path,
      place.object?.kind ?? '',
      place.object?.name ?? '',
      place.pointer,
    ]),
    finding: {
      ruleId: rule.id,
      severity: severity ?? rule.severity,
      message: [problem.message, ...standsText(hits), ...stopsText(hits)].join(' '),
      ...optional('hint', problem.hint ?? rule.hint),
      location,
      related: relatedOf(hits).map(({ at, message, flow }) => ({
        location: sources.location(at.span),
        message,
        ...optional('flow', flow),
      })),
      ...optional('object', object),
      reach,
      url: pageOf(rule),
      ...optional('cause', problem.cause),
      ...optional('fix', fix),
    },
  };
};

/** The clusters that a problem is of: those it names, its own, else those whose builds read the file. */
const placesOf = ({ cluster, problem, tenant }: Hit, graph: Graph): readonly [Place, ...Place[]] => {
  const placeOf = (name: string | undefined, owner: string | undefined): Place => ({
    cluster: name,
    environment: name === undefined ? undefined : graph.clusters.get(name)?.environment?.environment,
    tenant: owner,
  });
  if (problem.clusters === undefined && cluster !== undefined) return [placeOf(cluster, tenant ?? problem.tenants?.[0])];
  const places =
    problem.clusters?.map((name) => placeOf(name, tenant ?? problem.tenants?.[0])) ??
    graph.reach.readers(problem.at.span.path).map((reader) => placeOf(reader.target, graph.tenants.nameOf(reader)));
  const [first = placeOf(undefined, tenant), ...others] = places;
  return [first, ...others];
};

/** Options differ by place only where there is one: a file that several clusters read is judged once. */
const onlyOne = ([first, ...others]: readonly [Place, ...Place[]]): Place =>
  others.length === 0 ? first : { cluster: undefined, environment: undefined, tenant: undefined };

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  // A computed key widens to a string index; it is K.
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

/** What the first says; of the others, the paths by which their clusters get there. */
const relatedOf = ([first, ...others]: readonly [Hit, ...Hit[]]): readonly Related[] => {
  const related = [...(first.problem.related ?? [])];
  const flows = new Set(related.map(({ flow }) => flow));
  for (const { problem } of others) {
    const added = (problem.related ?? []).filter(({ flow }) => flow !== undefined && !flows.has(flow));
    related.push(...added);
    for (const { flow } of added) flows.add(flow);
  }
  return [...related, ...sourcesOfValue([first, ...others])];
};

const maxSources = 5;

/** Where Terraform takes the value from that stands there: the line of a variable, a local, a file of values. */
const sourcesOfValue = (hits: readonly Hit[]): readonly Related[] => {
  const found = new Map<string, Related>();
  for (const { problem } of hits) {
    const step = problem.at.via.findLast(({ type }) => type === 'reference');
    if (step) found.set(`${step.at.path}:${step.at.start}`, { at: { span: step.at, via: [] }, message: 'the value comes from here' });
  }
  return [...found.values()].slice(0, maxSources);
};

/** How much a failed build holds up: people weigh it before they read why. */
const stopsText = (hits: readonly Hit[]): readonly string[] => {
  const stopped = new Map(hits.flatMap(({ stops }) => (stops ? [[`${stops.cluster} ${stops.id}`, stops] as const] : [])));
  const [only, ...others] = stopped.values();
  if (!only) return [];
  if (others.length === 0) return [`${only.id} is not deployed until this is fixed.`];
  const clusters = new Set([...stopped.values()].map(({ cluster }) => cluster)).size;
  return [
    `${stopped.size} Kustomizations on ${clusters === 1 ? '1 cluster' : `${clusters} clusters`} are not deployed until this is fixed.`,
  ];
};

/** A template is one line for all that is made of it: those that there are, and those that may come. */
const standsText = (hits: readonly Hit[]): readonly string[] => {
  const all = new Set(hits.flatMap(({ object }) => object?.standsFor ?? []));
  const here = new Set(
    hits.flatMap(({ object }) => (object && object.standsFor === undefined ? [`${object.namespace ?? ''}/${object.name}`] : [])),
  );
  if (all.size === 0)
    return here.size > 0 && hits.some(isOfComposition) ? [`Every claim is made by this line, now and later; ${here.size} here.`] : [];
  return [`So it is for ${[...all].join(' and ')}${here.size === 0 ? '' : `; ${here.size} here`}.`];
};

/** What is composed has its place in the Composition, whichever claim it is for. */
const isOfComposition = ({ problem }: Hit): boolean => problem.at.via.some(({ type }) => type === 'composition');

/** The clusters in which it was found; for what was found in a file, those whose builds read the file. */
const reachOf = (hits: readonly Hit[], graph: Graph): Reach => {
  const clusters = new Set<string>();
  const tenants = new Set<string>();
  for (const { cluster, problem, tenant } of hits) {
    if (tenant !== undefined) tenants.add(tenant);
    for (const name of problem.tenants ?? []) tenants.add(name);
    if (problem.clusters) for (const name of problem.clusters) clusters.add(name);
    else if (cluster !== undefined) clusters.add(cluster);
    else {
      for (const reader of graph.reach.readers(problem.at.span.path)) {
        clusters.add(reader.target);
        const name = graph.tenants.nameOf(reader);
        if (name !== undefined) tenants.add(name);
      }
    }
  }
  const environments = new Set<string>();
  for (const name of clusters) {
    const environment = graph.clusters.get(name)?.environment?.environment;
    if (environment !== undefined) environments.add(environment);
  }
  return { clusters: [...clusters].sort(byText), environments: [...environments].sort(byText), tenants: [...tenants].sort(byText) };
};

/** Whether any cluster gets it that something here shows to be one. */
const isReached = (reach: Reach, graph: Graph): boolean =>
  reach.clusters.some((name) => graph.clusters.get(name)?.cluster.root.evidence !== 'unreached');

const objectOf = ({ object }: Hit, written: ObjectRef | undefined): ObjectRef | undefined => {
  if (!object) return written;
  const { original } = object;
  const namespace = original.namespace === '' ? object.namespace : original.namespace;
  return { apiVersion: object.apiVersion, kind: original.kind, ...optional('namespace', namespace), name: original.name || object.name };
};

/** Only what lies in this root can be edited here. */
const fixOf = (fix: Fix, sources: Sources): FindingFix | undefined => {
  const sourceOf = (path: string) => sources.file(path)?.text ?? '';
  const edits = fix.edits.map((edit) => textEdit(edit, sourceOf)).map((edit) => asWritten(edit, sourceOf(edit.span.path)));
  // What stands in another language is no YAML to edit.
  if (!edits.every((edit) => sources.isEditable(edit.span.path) && /\.ya?ml$/.test(edit.span.path))) return undefined;
  return {
    description: fix.description,
    safety: fix.safety,
    edits: edits.map(({ span, text }) => ({ path: span.path, range: [span.start, span.end] as const, text })),
  };
};

/** No line, no message, no cluster goes in: an ordinal tells equal ones apart. */
const withFingerprints = (drafts: readonly Draft[]): Finding[] => {
  const ordinals = new Map<string, number>();
  const ordered = [...drafts].sort((a, b) => byPlace(a.finding, b.finding));
  return ordered.map(({ finding, identity }) => {
    const ordinal = ordinals.get(identity) ?? 0;
    ordinals.set(identity, ordinal + 1);
    const fingerprint = createHash('sha256').update(`${identity}\u0000${ordinal}`).digest('hex').slice(0, 32);
    return { ...finding, fingerprint };
  });
};

type Placed = Pick<Finding, 'location' | 'ruleId'>;

/** The order of findings: repository, path, line, column, rule. */
export const byPlace = (a: Placed, b: Placed): number =>
  byText(a.location.repository ?? '', b.location.repository ?? '') ||
  byText(a.location.path, b.location.path) ||
  a.location.line - b.location.line ||
  a.location.column - b.location.column ||
  byText(a.ruleId, b.ruleId);
