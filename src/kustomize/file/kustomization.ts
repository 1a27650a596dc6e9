/** The kustomization file of a directory, read and checked as kustomize checks it. */
import { type File, joinPath } from '../../files/files.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { listNode, mapNode, scalarNode, withEntry, withoutEntry } from '../../yaml/edit.ts';
import { child, isList, type ListNode, type MapNode, textAt } from '../../yaml/node.ts';
import type { ParseFile } from '../build.ts';
import { type DecodeProblem, decode } from './decode.ts';
import { duplicateKeys, withoutEffect } from './duplicate-keys.ts';
import { kustomizationShape } from './kustomization-fields.ts';
import type { Loader } from './loader.ts';

export interface Kustomization {
  readonly type: 'kustomization';
  readonly kind: 'Kustomization' | 'Component';
  /** Where it is written; undefined where Flux makes it itself. */
  readonly file: File | undefined;
  /** Its fields under their own names, typed (`kustomization-fields.ts`); deprecated ones moved to those that replace them. */
  readonly root: MapNode;
  readonly problems: readonly StepProblem[];
}

export interface NoKustomization {
  readonly type: 'none' | 'unreadable';
  readonly problems: readonly StepProblem[];
  readonly file?: File;
}

export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/**
 * @param asked who wants the directory
 * @param isLoose it is the root that Flux reads and rewrites: unknown keys vanish silently, numbers become strings
 */
export const readKustomization = (
  loader: Loader,
  parse: ParseFile,
  { asked, isLoose }: { readonly asked: Origin; readonly isLoose: boolean },
): Kustomization | NoKustomization => {
  const found = kustomizationNames.flatMap((name) => lookUp(loader, name) ?? []);
  const [file, second] = found;
  if (!file) {
    const message = `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/${loader.directory}'`;
    return { type: 'none', problems: [{ ruleId: 'build/missing-resource', at: asked, message }] };
  }
  if (second) {
    const message = `Found multiple kustomization files under: /${loader.directory}. kustomize does not choose between ${found.map(nameOf).join(' and ')}.`;
    return { type: 'unreadable', file, problems: [invalid(wholeOf(second), message)] };
  }
  return readFile(file, parse, isLoose);
};

const lookUp = ({ files, directory, log }: Loader, name: string): File | undefined => {
  const path = joinPath(directory, name) ?? name;
  const file = files.file(path);
  if (file) log.files.add(file);
  else log.missing.add(path);
  return file;
};

const readFile = (file: File, parse: ParseFile, isLoose: boolean): Kustomization | NoKustomization => {
  const parsed = parse(file);
  const [document] = parsed.documents;
  if (parsed.problems.length > 0 && (document === undefined || document.index > 0)) {
    return { type: 'unreadable', file, problems: parsed.problems.map(notYaml) };
  }
  const written = document?.root;
  if (written !== undefined && written.type !== 'map') {
    const message = `invalid Kustomization: json: cannot unmarshal ${written.type === 'list' ? 'array' : 'string'} into Go value of type types.Kustomization`;
    return { type: 'unreadable', file, problems: [invalid(written, message)] };
  }
  if (written === undefined && !isLoose) return { type: 'unreadable', file, problems: [empty(wholeOf(file))] };

  const root = written ?? mapNode([], wholeOf(file));
  const decoded = decode(root, kustomizationShape, { isLoose });
  const problems = [...decoded.problems.map((problem) => ofDecoding(problem, isLoose)), ...shadowedKeys(root)];
  if (!isLoose && decoded.root.entries.every(({ key }) => key.text === 'kind' || key.text === 'apiVersion')) {
    return { type: 'unreadable', file, problems: [...problems, empty(root)] };
  }
  const kind = textAt(decoded.root, 'kind') === 'Component' ? 'Component' : 'Kustomization';
  const fields = modern(isLoose ? buildable(decoded.root) : decoded.root);
  return { type: 'kustomization', kind, file, root: fields, problems: [...problems, ...wrongType(decoded.root)] };
};

/** So that kustomize does not take a root without resources for empty, Flux asks it for annotations; `bases` are none to it. */
const buildable = (root: MapNode): MapNode => {
  const resources = child(root, 'resources');
  if (isList(resources) && resources.items.length > 0) return root;
  return withEntry(root, 'buildMetadata', listNode([scalarNode('originAnnotations', root)], root));
};

/** `bases` are resources, `imageTags` images, `env` one more of `envs`. */
const modern = (root: MapNode): MapNode => {
  let changed = moved(moved(root, 'bases', 'resources'), 'imageTags', 'images');
  changed = moved(changed, 'helmChartInflationGenerator', 'helmCharts');
  return changed;
};

const moved = (root: MapNode, from: string, to: string): MapNode => {
  const old = child(root, from);
  if (!isList(old)) return root;
  const current = child(root, to);
  const joined: ListNode = isList(current) ? { ...current, items: [...current.items, ...old.items] } : old;
  return withEntry(withoutEntry(root, from), to, joined);
};

const wrongType = (root: MapNode): readonly StepProblem[] => {
  const kind = child(root, 'kind');
  const apiVersion = child(root, 'apiVersion');
  const kindText = textAt(root, 'kind') || 'Kustomization';
  const problems: StepProblem[] = [];
  if (kind && kindText !== 'Kustomization' && kindText !== 'Component') {
    problems.push(invalid(kind, `kind should be Kustomization or Component, not ${kindText}`));
  }
  const wanted = `kustomize.config.k8s.io/${kindText === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (apiVersion && ![undefined, '', wanted].includes(textAt(root, 'apiVersion'))) {
    problems.push(invalid(apiVersion, `apiVersion for ${kindText} should be ${wanted}`));
  }
  return problems;
};

const ofDecoding = ({ at, message, hint, isTolerable }: DecodeProblem, isLoose: boolean): StepProblem => {
  if (!isLoose || !isTolerable) return invalid(at, `${message} kustomize rejects the file.`, hint);
  return { ...invalid(at, `${message} Flux drops it silently from the kustomization it applies.`, hint), atMost: 'warning' };
};

/** Of a key that stands twice, the last one counts and nobody says so. */
const shadowedKeys = (root: MapNode): readonly StepProblem[] =>
  duplicateKeys(root).map(({ earlier, last }) => withoutEffect(earlier, last, { place: 'map', taken: 'last' }));

const notYaml = (problem: StepProblem): StepProblem => {
  const isTab = /tab/i.test(problem.message);
  const words = isTab ? 'found a tab character that violates indentation' : problem.message;
  return {
    ...problem,
    message: isTab ? `invalid Kustomization: yaml: ${words}. ${problem.message}` : `invalid Kustomization: yaml: ${words}`,
  };
};

const empty = (at: Origin): StepProblem => invalid(at, 'kustomization.yaml is empty: it names nothing to build.');

const invalid = ({ span, via }: Origin, message: string, hint?: string): StepProblem => ({
  ruleId: 'build/invalid-kustomization',
  at: { span, via },
  message,
  hint,
});

const wholeOf = (file: File): Origin => ({ span: { path: file.path, start: 0, end: 0 }, via: [] });

const nameOf = ({ path }: File): string => path.slice(path.lastIndexOf('/') + 1);
