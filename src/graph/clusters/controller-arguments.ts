import type { Files } from '../../files/files.ts';
import { isFluxInstance, isHelmRelease } from '../../flux/kinds.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memo, memoByText } from '../../model/memo.ts';
import { isWholeGoPattern, matchesWholeGoPattern } from '../../pattern/go-pattern.ts';
import { child, isList, isMap, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { chartOf, chartValues } from './chart-values.ts';
import type { ClusterView } from './cluster-view.ts';
import { fluxFolder, textsIn } from './lockdown.ts';

/** Whether a controller runs with a feature gate; unknown where nothing here shows how it is installed and something may set the gate. */
export type GateState = 'on' | 'off' | 'unknown';

export interface ControllerQuestion {
  readonly cluster: ClusterView;
  /** `helm-controller` */
  readonly controller: string;
  /** `DefaultToRetryOnFailure`, or of an argument `watch-configs-label-selector` */
  readonly name: string;
}

export interface ControllerArguments {
  /** `--feature-gates=A=true,B=false` */
  readonly featureGate: (question: ControllerQuestion) => GateState;
  /** The value of an argument; undefined where nothing here sets it. */
  readonly argument: (question: ControllerQuestion) => string | undefined;
}

/**
 * The arguments of a controller, wherever they are set: the Deployment that the cluster applies, patches of gotk-components
 * or of a FluxInstance, values of the charts `flux-instance` and `flux2`.
 */
export const createControllerArguments = (files: Files, parse: ParseFile): ControllerArguments => {
  const instances = written(files, parse);
  const installationsOf = memo((cluster: ClusterView) =>
    memoByText((controller): readonly (readonly string[])[] => {
      const own = cluster.cluster.objects.map(({ root }) => root);
      const elsewhere = instances().filter(
        ({ root }) => syncsTo(root, cluster) && !own.some((other) => other.span.path === root.span.path),
      );
      return [
        ...own.flatMap((root) => installationOf(root, { controller, parse, objects: own })),
        ...elsewhere.flatMap(({ root }) => installationOf(root, { controller, parse, objects: [] })),
        ...patchesOfFlux(cluster, { controller, files, parse }),
      ];
    }),
  );
  const installations = ({ cluster, controller }: ControllerQuestion) => installationsOf(cluster)(controller);
  return {
    featureGate: (question) => {
      const { name } = question;
      const found = installations(question);
      const last = found.flatMap((texts) => texts.flatMap((text) => stateIn(text, name) ?? [])).at(-1);
      if (last !== undefined) return last;
      return found.length === 0 && isSetSomewhere(files, name) ? 'unknown' : 'off';
    },
    argument: (question) => {
      const flag = `--${question.name}`;
      return installations(question)
        .flatMap((texts) => texts.flatMap((text) => valueBehind(flag, text) ?? []))
        .at(-1);
    },
  };
};

const valueBehind = (flag: string, text: string): string | undefined => {
  const at = text.indexOf(flag);
  return at === -1 ? undefined : /^[= ]([^\s"',]+)/.exec(text.slice(at + flag.length))?.[1];
};

/** Of several arguments that set a gate the last holds. */
const stateIn = (text: string, gate: string): GateState | undefined => {
  if (!text.includes('feature-gates')) return undefined;
  const given = [...text.matchAll(/\b(\w{1,100})=(true|false)\b/gi)];
  const [, , value] = given.findLast(([, name = '']) => name.toLowerCase() === gate.toLowerCase()) ?? [];
  return value === undefined ? undefined : value.toLowerCase() === 'true' ? 'on' : 'off';
};

interface InstallationInput {
  readonly controller: string;
  readonly parse: ParseFile;
  /** Where the ConfigMaps are that a chart takes values from. */
  readonly objects: readonly MapNode[];
}

/** What an object says of the controller's arguments, as texts; nothing where it does not install it. */
const installationOf = (root: MapNode, input: InstallationInput): readonly (readonly string[])[] => {
  const { controller } = input;
  if (stringAt(root, 'kind') === 'Deployment' && stringAt(root, 'metadata', 'name') === controller) {
    return [textsIn(child(root, 'spec', 'template', 'spec'))];
  }
  if (isFluxInstance(root)) return [textsOfPatches(child(root, 'spec', 'kustomize', 'patches'), controller)];
  if (!isHelmRelease(root) || !charts.has(chartOf(root))) return [];
  return chartValues(root, input.objects, input.parse).parts.map((values) => [
    ...textsOfPatches(child(values, 'instance', 'kustomize', 'patches'), controller),
    ...textsOfController(values, controller),
  ]);
};

const charts: ReadonlySet<string | undefined> = new Set(['flux-instance', 'flux2', 'flux']);

/** The texts of those patches of a list that concern a controller: a target's name is an anchored expression (kustomize: Selector). */
const textsOfPatches = (patches: Node | undefined, controller: string): readonly string[] =>
  itemsOf(patches).flatMap((patch) => {
    const name = stringAt(patch, 'target', 'name');
    const kind = stringAt(patch, 'target', 'kind');
    const texts = textsIn(child(patch, 'patch'));
    if (kind !== undefined && kind !== 'Deployment') return [];
    if (child(patch, 'target') === undefined) return texts.filter((text) => text.includes(controller));
    return name === undefined || isMatch(name, controller) ? texts : [];
  });

const isMatch = (pattern: string, name: string): boolean => {
  // An expression of Go that is none here.
  if (!/^[\w.|()*-]+$/.test(pattern)) return pattern.includes(name);
  return isWholeGoPattern(pattern) ? matchesWholeGoPattern(name, pattern) : pattern.includes(name);
};

/** What the values of the chart `flux2` have under `helmController`, and others under like names. */
const textsOfController = (values: Node | undefined, controller: string): readonly string[] => {
  if (isList(values)) return values.items.flatMap((item) => textsOfController(item, controller));
  if (!isMap(values)) return [];
  const wanted = controller.replaceAll('-', '');
  return values.entries.flatMap(({ key, value }) =>
    key.text.replaceAll('-', '').toLowerCase() === wanted ? textsIn(value) : textsOfController(value, controller),
  );
};

/**
 * The patches that `flux bootstrap` leaves to people in flux-system/kustomization.yaml, for where Flux's own manifests are
 * not committed: where they are, the Deployment is among the objects, patched.
 */
const patchesOfFlux = (
  cluster: ClusterView,
  { controller, files, parse }: { readonly controller: string; readonly files: Files; readonly parse: ParseFile },
): readonly (readonly string[])[] => {
  const folder = fluxFolder(cluster);
  const file = folder === undefined ? undefined : files.file(`${folder}/kustomization.yaml`);
  const root = file && parse(file).documents[0]?.root;
  const isInstalled = folder !== undefined && files.list(folder)?.some((name) => /^gotk-(components|sync)\.ya?ml$/.test(name));
  if (folder === undefined || !root) return isInstalled ? [[]] : [];
  const fileText = (path: string | undefined) =>
    path === undefined ? undefined : files.file(`${folder}/${path.replace(/^\.\//, '')}`)?.text;
  const fromFiles = [
    ...itemsOf(child(root, 'patches')).map((patch) => stringAt(patch, 'path')),
    ...itemsOf(child(root, 'patchesStrategicMerge')).map((path) => stringAt(path)),
  ].flatMap((path) => fileText(path) ?? []);
  return [[...textsOfPatches(child(root, 'patches'), controller), ...fromFiles.filter((text) => text.includes(controller))]];
};

/** FluxInstances, and releases of the chart, that lie in files of the root: what installs Flux need not be applied by it. */
const written = (files: Files, parse: ParseFile): (() => readonly { readonly root: MapNode }[]) => {
  let found: readonly { readonly root: MapNode }[] | undefined;
  return () => {
    found ??= files.paths.flatMap((path) => {
      const file = /\.ya?ml$/.test(path) ? files.file(path) : undefined;
      if (!file?.text.includes('FluxInstance')) return [];
      return parse(file).documents.flatMap(({ root }) => (isMap(root) && isFluxInstance(root) ? [{ root }] : []));
    });
    return found;
  };
};

const syncsTo = (instance: MapNode, { cluster: { root } }: ClusterView): boolean => {
  const path = stringAt(instance, 'spec', 'sync', 'path')?.replace(/^(\.?\/)+|\/+$/g, '');
  return path !== undefined && path === root.directory;
};

/** In whatever it is written: Terraform, a script, values of a chart that a tool installs. */
const isSetSomewhere = (files: Files, gate: string): boolean =>
  files.paths.some((path) => /\.(ya?ml|json|tf|tfvars|hcl|sh|gotmpl|tpl)$/.test(path) && files.file(path)?.text.includes(`${gate}=true`));
