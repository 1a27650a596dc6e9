/** Names that resolve: of sources, Kustomizations and releases, of namespaces, of paths, of variables. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-protocol';
import { baseName, directoryOf, joinPath } from '../../files/files.ts';
import { kustomizationNames } from '../../kustomize/file/kustomization.ts';
import { child, stringAt } from '../../yaml/node.ts';
import type { Analysis } from '../session/session.ts';
import { referencesAt } from '../subject/references.ts';
import type { Subject } from '../subject/subject.ts';

/** @param before what stands on the line before the cursor */
export const nameCompletions = (analysis: Analysis, subject: Subject, before: string): readonly CompletionItem[] => {
  const variable = /\$\{([A-Za-z0-9_]*)$/.exec(before);
  if (variable) return variables(analysis, subject);
  if (kustomizationNames.some((name) => name === baseName(subject.path))) return entries(analysis, subject);
  const [key] = subject.keys.slice(-1);
  if (key === 'path' && subject.pointer === '/spec/path') return directories(analysis);
  if (key === 'namespace' || key === 'targetNamespace' || key === 'storageNamespace') return namespaces(analysis);
  return key === 'name' || key === 'serviceAccountName' ? names(analysis, subject) : [];
};

const items = (labels: Iterable<string>, kind: CompletionItemKind, detail?: string): readonly CompletionItem[] =>
  [...new Set(labels)].sort().map((label) => ({ label, kind, ...(detail === undefined ? {} : { detail }) }));

const variables = (_: Analysis, { objects }: Subject): readonly CompletionItem[] => {
  const known = objects.flatMap(({ owner }) =>
    owner.content.type === 'built' ? [...owner.content.variables.known.keys(), ...owner.content.variables.withoutValue.keys()] : [],
  );
  return items(known, CompletionItemKind.Variable);
};

/** What a kustomization file may name beside it and below. */
const entries = ({ files }: Analysis, { path, node }: Subject): readonly CompletionItem[] => {
  const written = node.type === 'scalar' ? node.text : '';
  const typed = written.includes('/') ? written.slice(0, written.lastIndexOf('/') + 1) : '';
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
    objects.flatMap(({ kind, name, namespace }) => (kind === 'Namespace' ? [name] : namespace === undefined ? [] : [namespace])),
  );
  return items(written, CompletionItemKind.Module);
};

/** The objects of the kind that the field refers to, in the namespaces it may name. */
const names = (analysis: Analysis, subject: Subject): readonly CompletionItem[] => {
  const wanted = referencesAt(analysis, subject).map(({ wanted: { kind, namespace }, cluster }) => ({ kind, namespace, cluster }));
  const found = (wanted.length > 0 ? wanted : written(subject)).flatMap(({ kind, namespace, cluster }) =>
    (analysis.graph.clusters.get(cluster)?.objects ?? []).filter(
      (object) => object.kind === kind && (namespace === undefined || object.namespace === namespace),
    ),
  );
  const [first] = found;
  return first
    ? items(
        found.map(({ name }) => name),
        CompletionItemKind.Reference,
        first.kind,
      )
    : [];
};

/** A reference without a name is none yet: the kind beside it says what may be meant. */
const written = ({ keys, objects, document }: Subject) => {
  const parent = child(document, ...keys.slice(0, -1));
  const field = String(keys.at(-2) ?? keys.at(-1) ?? '');
  const kind =
    stringAt(parent, 'kind') ??
    (keys.includes('dependsOn') ? stringAt(document, 'kind') : field === 'serviceAccountName' ? 'ServiceAccount' : undefined);
  return kind === undefined
    ? []
    : objects.map(({ cluster, namespace }) => ({ kind, namespace: stringAt(parent, 'namespace') ?? namespace, cluster }));
};
