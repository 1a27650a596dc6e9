import {
  child,
  defineRule,
  type Graph,
  type HelmReleaseView,
  isInRange,
  type LocalChart,
  leftOutHint,
  type Problem,
  readable,
  stringAt,
  textAt,
} from '../../src/rule.ts';

const sync = '# written by flux bootstrap\n';
const release = (chart: string, more = ''): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: shop }\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: ${chart}\n      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }\n${more}`;

export const unknownChart = defineRule({
  id: 'references/unknown-chart',
  severity: 'error',
  summary: 'A chart, or a values file of one, that its source does not have',
  why: `The path of a chart from a GitRepository or Bucket is relative to the root of the source, and so are \`valuesFiles\`, not to the
    chart. What is not there, or a \`Chart.yaml\` that Helm does not take, fails the chart, and the release is never installed or
    stays at what it was. In an OCI registry Flux looks at tags that are strict SemVer only: \`1.2.03\` is never found.`,
  reference: 'https://fluxcd.io/flux/components/source/helmcharts/#values-files',
  remedy: 'Write the path from the root of the source, or add what is missing to it.',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-sync.yaml': sync,
      'clusters/example/shop.yaml': release('./charts/shops # expect: references/unknown-chart'),
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    },
    good: {
      'clusters/example/flux-system/gotk-sync.yaml': sync,
      'clusters/example/shop.yaml': release('./charts/shop'),
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    },
  },

  *helmRelease(view, { graph }) {
    const chart = graph.releases.chartOf(view);
    if (chart) yield* ofChart(chart, view, graph);
    else yield* ofVersion(view, graph);
  },
});

const ofChart = function* (chart: LocalChart, view: HelmReleaseView, graph: Graph): Iterable<Problem> {
  const { asked, chartPointer, artifact, path, what, file, valuesFiles } = chart;
  const atMost = artifact.assumed === undefined ? undefined : 'info';
  const chartAt = asked.origin(chartPointer);
  const never = `HelmRelease ${view.id} gets no chart, and is not installed or upgraded.`;
  if (what === 'loose') {
    const beside = artifact.files.paths.find((each) => !each.includes('/')) ?? '';
    yield {
      at: chartAt,
      message: `The artifact has ${beside} at its root, where Helm takes a directory with the chart and nothing beside it. ${never}`,
      hint: 'Let the ArtifactGenerator copy the directory itself: from "@alias/charts/name/" to "@artifact/".',
      atMost,
    };
    return;
  }
  if (what === 'missing' || (what === 'directory' && !file)) {
    yield {
      at: chartAt,
      message:
        what === 'missing'
          ? `The chart ${path} is not in its source. ${never}`
          : `${path || 'The root of the source'} has no Chart.yaml. ${never}`,
      hint: leftOutHint(path, artifact, graph.files),
      cause: {
        key: `${artifact.repository ?? ''} ${artifact.revision ?? ''} ${missingPart(path, artifact)}`,
        place: `HelmRelease ${view.id} gets none, either`,
      },
      atMost,
    };
    return;
  }
  if (file) yield* ofMetadata(chart, { never, atMost });
  if (!graph.releases.ignoresMissing(chart)) {
    for (const { written, path: wanted, pointer: place, file: found } of valuesFiles) {
      if (found) continue;
      const beside = `${path}/${wanted}`;
      yield {
        at: asked.origin(place),
        message: `The values file ${written} is not in the source of the chart: it is looked for at ${wanted}, from the root of the source. ${never}`,
        hint: artifact.files.file(beside) ? `Did you mean ${beside}?` : undefined,
        related: [{ at: chartAt, message: 'values files are not relative to the chart' }],
        atMost,
      };
    }
  }
  yield* ofDependencies(chart, { never, atMost, graph });
};

interface Consequence {
  readonly never: string;
  readonly atMost: 'info' | undefined;
}

/** fluxcd/source-controller: internal/helm/chart/dependency_manager.go (`addLocalDependency`). */
const ofDependencies = function* (chart: LocalChart, { never, atMost, graph }: Consequence & { readonly graph: Graph }): Iterable<Problem> {
  const { artifact, path } = chart;
  for (const { name, path: wanted, node, isVendored } of graph.releases.dependenciesOf(chart)) {
    if (isVendored) continue;
    const metadata = graph.releases.metadataAt(artifact, wanted);
    if (!artifact.files.file(wanted) && !metadata) {
      const at = child(node, 'repository') ?? node;
      yield { at, message: `Chart ${path} depends on ${name} at ${wanted}, where the source has no chart. ${never}`, atMost };
    }
    const [range, version] = [textAt(node, 'version'), textAt(metadata, 'version')];
    if (range === undefined || version === undefined || isInRange(version, range) !== false) continue;
    yield {
      at: child(node, 'version') ?? node,
      message: `Chart ${path} depends on ${name} ${range}, and the chart at ${wanted} is version ${version}: can't get a valid version for constraint '${range}'. ${never}`,
      atMost,
    };
  }
};

/** Helm's loose SemVer (Masterminds/semver, `NewVersion`), which is what a chart's own version must be (`Metadata.Validate`). */
const loose = /^v?\d+(\.\d+){0,2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

const ofMetadata = function* ({ file, metadata, version, path }: LocalChart, { never, atMost }: Consequence): Iterable<Problem> {
  const whole = { span: { path: file?.path ?? '', start: 0, end: 0 }, via: [] };
  if (!metadata) {
    yield { at: whole, message: `The Chart.yaml of ${path} cannot be read. ${never}`, atMost };
    return;
  }
  // Helm: pkg/chart/v2/metadata.go (`Validate`); a library is for other charts (pkg/action/install.go, `checkIfInstallable`).
  const [name, type] = [child(metadata, 'name'), child(metadata, 'type')];
  if (name === undefined || (name.type === 'scalar' && (name.text === '' || name.text.includes('/')))) {
    yield { at: name ?? metadata, message: `The Chart.yaml of ${path} has no name that Helm takes. ${never}`, atMost };
  }
  if (type?.type === 'scalar' && !['', 'application'].includes(type.text)) {
    const what = type.text === 'library' ? 'a library, which cannot be installed' : `of type ${type.text}, which Helm does not know`;
    yield { at: type, message: `The chart ${path} is ${what}. ${never}`, atMost };
  }
  if (child(metadata, 'version')?.type === 'unknown') return;
  if (version === undefined) {
    yield { at: metadata, message: `The Chart.yaml of ${path} has no version. ${never}`, atMost };
  } else if (!loose.test(version.text)) {
    yield {
      at: version,
      message: `The chart ${path} has the version ${JSON.stringify(version.text)}, which is no SemVer. ${never}`,
      atMost,
    };
  }
};

/** The first directory on the way that is not there: with it, everything below it comes back. */
const missingPart = (path: string, { files }: LocalChart['artifact']): string => {
  const parts = path.split('/');
  const index = parts.findIndex((_, at) => files.entry(parts.slice(0, at + 1).join('/')) === undefined);
  return parts.slice(0, index + 1).join('/');
};

/**
 * fluxcd/source-controller: internal/helm/repository/oci_chart_repository.go (`getLastMatchingVersionOrConstraint`) parses tags
 * with fluxcd/pkg version.ParseVersion and drops what that does not take. It was strict about leading zeros until
 * Masterminds/semver 3.4 coerced them; which of the two runs the version of Flux tells only for those that are known here.
 */
const ofVersion = function* (view: HelmReleaseView, graph: Graph): Iterable<Problem> {
  const asked = readable(() => {
    const spec = view.spec.chart?.spec;
    return spec && { version: spec.version, kind: spec.sourceRef?.kind, name: spec.sourceRef?.name, namespace: spec.sourceRef?.namespace };
  });
  if (asked?.kind !== 'HelmRepository' || asked.version === undefined) return;
  const namespace = asked.namespace ?? view.namespace;
  const source = graph.clusters.namesakes(view.cluster, 'HelmRepository', asked.name ?? '').find((each) => each.namespace === namespace);
  if (stringAt(source?.root, 'spec', 'type') !== 'oci' || !hasLeadingZero(asked.version)) return;
  yield {
    at: view.origin('/spec/chart/spec/version'),
    message: `HelmRelease ${view.id} asks an OCI registry for version ${asked.version}. SemVer has no leading zeros: Flux passes over tags that have them, and never finds it.`,
    hint: 'Name the chart by an OCIRepository with ref.tag and chartRef, or publish it under a version without leading zeros.',
    atMost: 'warning',
  };
};

/** One whole version, of which a number starts with a zero. */
const hasLeadingZero = (version: string): boolean => {
  const [, core = '', pre = ''] = /^v?(\d+\.\d+\.\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(version.trim()) ?? [];
  return [...core.split('.'), ...pre.split('.')].some((part) => /^0\d+$/.test(part));
};
