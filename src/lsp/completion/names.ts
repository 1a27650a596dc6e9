/**
 * Names that resolve: of objects, of namespaces, of paths, of variables. What is meant is read from the text around the
 * cursor, since a document whose name is missing yet may not parse.
 */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-protocol';
import { baseName, directoryOf, joinPath } from '../../files/files.ts';
import type { AppliedView } from '../../graph/clusters/views.ts';
import type { Analysis } from '../session/session.ts';
import { isKustomizationFile } from '../subject/named-file.ts';
import type { Cursor, Step } from './cursor.ts';

/** What Flux puts into the texts of a file, by the Kustomizations that build it. */
export const variableCompletions = ({ graph }: Analysis, path: string): readonly CompletionItem[] =>
  items(
    graph.reach
      .ways(path)
      .flatMap(({ kustomization: { content } }) =>
        content.type === 'built' ? [...content.variables.known.keys(), ...content.variables.withoutValue.keys()] : [],
      ),
    CompletionItemKind.Variable,
  );

/** @param word what is written of the name */
export const nameCompletions = (analysis: Analysis, path: string, cursor: Cursor, word: string): readonly CompletionItem[] => {
  const key = cursor.keys.findLast((step) => typeof step === 'string');
  if (key === 'namespace' || key === 'targetNamespace' || key === 'storageNamespace') return namespaces(analysis);
  if (isKustomizationFile(path)) return isPathOfEntry(cursor.keys) ? entries(analysis, path, word) : [];
  if (key === 'path' && cursor.keys.join('/') === 'spec/path') return directories(analysis);
  return cursor.isValue && (key === 'name' || key === 'serviceAccountName') ? objectNames(analysis, path, cursor) : [];
};

const items = (labels: Iterable<string>, kind: CompletionItemKind, detail?: string): readonly CompletionItem[] =>
  [...new Set(labels)].sort().map((label) => ({ label, kind, ...(detail === undefined ? {} : { detail }) }));

/** Lists of a kustomization file whose items are paths, and those whose items have one. */
const pathLists: ReadonlySet<Step> = new Set([
  ...['resources', 'bases', 'components', 'crds', 'configurations', 'generators', 'transformers', 'validators'],
  'patchesStrategicMerge',
]);

const isPathOfEntry = (keys: readonly Step[]): boolean => {
  const [list = ''] = keys;
  const last = keys.at(-1);
  if (pathLists.has(list)) return keys.length === 2;
  if (list === 'configMapGenerator' || list === 'secretGenerator')
    return typeof last === 'number' && /^(files|envs)$/.test(String(keys.at(-2)));
  return last === 'path' && (list === 'patches' || list === 'patchesJson6902' || list === 'replacements');
};

/** What a kustomization file may name beside it and below. */
const entries = ({ files }: Analysis, path: string, word: string): readonly CompletionItem[] => {
  const typed = word.slice(0, word.lastIndexOf('/') + 1);
  const directory = joinPath(directoryOf(path), typed === '' ? '.' : typed);
  const listed = directory === undefined ? [] : (files.list(directory) ?? []);
  const shown = listed.filter((name) => !(typed === '' && name === baseName(path)));
  return shown.map((name) => {
    const isDirectory = files.entry(directory ? `${directory}/${name}` : name) === 'directory';
    return { label: `${typed}${name}`, kind: isDirectory ? CompletionItemKind.Folder : CompletionItemKind.File };
  });
};

const directories = ({ files }: Analysis): readonly CompletionItem[] =>
  items(
    files.paths.filter((path) => /\.ya?ml$/.test(path)).map((path) => `./${directoryOf(path)}`),
    CompletionItemKind.Folder,
  );

const namespaces = ({ graph }: Analysis): readonly CompletionItem[] => {
  const written = graph.clusters.all.flatMap(({ objects }) =>
    objects.flatMap(({ kind, name, namespace }) => (kind === 'Namespace' ? [name] : (namespace ?? []))),
  );
  return items(written, CompletionItemKind.Module);
};

/** What fields refer to that do not say a kind. */
const kindOfField: ReadonlyMap<string, string> = new Map([
  ['serviceAccountName', 'ServiceAccount'],
  ['providerRef', 'Provider'],
  ['imageRepositoryRef', 'ImageRepository'],
  ['repository', 'GitRepository'],
  ['secretRef', 'Secret'],
  ['certSecretRef', 'Secret'],
  ['proxySecretRef', 'Secret'],
]);

/** The objects of the kind that the field refers to, in the namespace that it means, of the clusters that get the file. */
const objectNames = (analysis: Analysis, path: string, { document, keys, siblings }: Cursor): readonly CompletionItem[] => {
  const field = keys.findLast((step): step is string => typeof step === 'string' && step !== 'name') ?? '';
  const own = field === 'dependsOn' ? /^kind: *["']?([\w.-]+)/m.exec(document)?.[1] : undefined;
  const kind = siblings.get('kind') ?? own ?? kindOfField.get(field);
  if (kind === undefined || field === 'metadata') return [];
  const [, metadata = ''] = /^metadata:(.*(?:\r?\n[ \t]+.*)*)/m.exec(document) ?? [];
  const namespace = siblings.get('namespace') ?? /\bnamespace: *["']?([\w.-]+)/.exec(metadata)?.[1];
  const meant = objectsFor(analysis, path).filter(
    (object) => object.kind === kind && (namespace === undefined || object.namespace === undefined || object.namespace === namespace),
  );
  return items(
    meant.map(({ name }) => name),
    CompletionItemKind.Reference,
    kind,
  );
};

/** Those of the clusters that a file reaches; of all, where it reaches none yet. */
const objectsFor = ({ graph }: Analysis, path: string): readonly AppliedView[] => {
  const reached = new Set(graph.reach.ways(path).flatMap(({ kustomization: { cluster, target } }) => [cluster, target]));
  return graph.clusters.all.flatMap(({ name, objects }) => (reached.size === 0 || reached.has(name) ? objects : []));
};
