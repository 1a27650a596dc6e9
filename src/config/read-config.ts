/**
 * `.flux-lint.yaml` → Config. Loads the schema validator, so whoever wants to start fast imports this file only when
 * there is a configuration (`find-config.ts`).
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { isInside, refuseLeavingLink } from '../files/allowed.ts';
import { diskFile } from '../files/disk.ts';
import { type File, normalise } from '../files/files.ts';
import type { Origin } from '../model/origin.ts';
import { type Severity, severities } from '../model/severity.ts';
import { UsageError } from '../model/usage-error.ts';
import { child, isMap, type MapNode, type Node, stringAt, toValue } from '../yaml/node.ts';
import { parseYaml } from '../yaml/parse.ts';
import { wholeFile } from '../yaml/place.ts';
import { checkConfig, notAMap } from './check-config.ts';
import { type Config, defaultConfig, type ExpressionMatch, type RuleSetting } from './config.ts';
import { configError } from './config-error.ts';
import { withBases } from './extends.ts';

/**
 * @param path absolute
 * @param root absolute: spans in the file carry its path relative to the root, where it lies in it
 * @throws UsageError with `path:line` for a file that cannot be read or is not a valid configuration
 */
export const readConfig = (path: string, root: string): Config => withBases(readAlone(path, root), { root, read: readAlone });

const readAlone = (path: string, root: string): Config => {
  const name = isInside(path, root) ? relative(root, path).split(sep).join('/') : path;
  refuseLeavingLink(path, root, name);
  const file = diskFile(path, name);
  if (file === undefined) throw new UsageError(`${path} does not exist`, 'Name an existing file with --config.');
  return parseConfig(file, path);
};

/** @param path where the file lies: checkouts and plugins are relative to its directory */
export const parseConfig = (file: File, path: string): Config => {
  if (file.unreadable !== undefined) throw new UsageError(`${file.path} cannot be read: ${file.unreadable}`, 'Make it readable.');
  const fail = (at: Origin, message: string, hint: string): never => {
    throw configError(file, { at, message, hint });
  };
  const { documents, problems } = parseYaml(file.text, wholeFile(file.path));
  const [broken] = problems;
  if (broken) return fail(broken.at, broken.message.replace(/\.$/, ''), broken.hint ?? 'Correct the file.');
  const root = documents[0]?.root;
  if (root === undefined) return { ...defaultConfig, path, file };
  if (!isMap(root)) throw configError(file, notAMap(root));
  const [wrong] = checkConfig(root);
  if (wrong) throw configError(file, wrong);
  return configOf(root, file, path);
};

/** From here on the tree has the shape of the schema. */
const configOf = (root: MapNode, file: File, path: string): Config => {
  const absolute = (written: string) => resolve(dirname(path), written);
  return {
    path,
    file,
    root: flag(root, 'root') ?? false,
    clusters: items(root, 'clusters').map((cluster) => ({
      at: cluster,
      name: text(cluster, 'name'),
      path: normalise(text(cluster, 'path')) ?? '',
      environment: stringAt(cluster, 'environment'),
      fluxVersion: minor(stringAt(cluster, 'fluxVersion')),
      kubernetesVersion: minor(stringAt(cluster, 'kubernetesVersion')),
      variables: new Map(entries(cluster, 'variables').map(([name, value]) => [name, { value: text(value), origin: value }])),
    })),
    environments: entries(root, 'environments').map(([name, environment]) => ({
      at: environment,
      name,
      match: texts(environment, 'match'),
      protected: flag(environment, 'protected') ?? name === 'production',
    })),
    promotion: texts(root, 'promotion'),
    kubernetesVersion: minor(stringAt(root, 'kubernetesVersion')),
    tenants: items(root, 'tenants').map((tenant) => ({
      at: tenant,
      name: text(tenant, 'name'),
      kustomizations: texts(tenant, 'kustomizations'),
      namespaces: texts(tenant, 'namespaces'),
    })),
    repositories: entries(root, 'repositories').map(([url, directory]) => ({
      at: directory,
      url,
      directory: absolute(text(directory)),
      written: text(directory),
    })),
    external: items(root, 'external').map((external) => ({
      at: external,
      kind: text(external, 'kind'),
      namespace: stringAt(external, 'namespace'),
      name: text(external, 'name'),
      keys: child(external, 'keys') ? texts(external, 'keys') : undefined,
    })),
    schemas: texts(root, 'schemas').map((directory) => normalise(directory) ?? ''),
    terraform: {
      roots: items(child(root, 'terraform') ?? root, 'roots').map((module) => ({
        at: module,
        path: normalise(text(module, 'path')) ?? '',
        varFiles: texts(module, 'varFiles').flatMap((file) => normalise(file) ?? []),
        workspace: stringAt(module, 'workspace'),
        cluster: stringAt(module, 'cluster'),
      })),
    },
    ignore: texts(root, 'ignore'),
    extends: extendsOf(root).some((node) => text(node) === 'strict') ? 'strict' : 'recommended',
    bases: extendsOf(root).flatMap((node) => (presets.includes(text(node)) ? [] : [{ at: node, name: text(node) }])),
    extended: [],
    rules: rules(root),
    overrides: items(root, 'overrides').map((override) => ({
      files: textsIfAny(override, 'files'),
      clusters: textsIfAny(override, 'clusters'),
      environments: textsIfAny(override, 'environments'),
      tenants: textsIfAny(override, 'tenants'),
      rules: rules(override),
    })),
    plugins: items(root, 'plugins').map((plugin) => ({ at: plugin, module: text(plugin) })),
    expressions: items(root, 'expressions').map((expression) => ({
      at: expression,
      id: text(expression, 'id'),
      severity: severityWord(text(expression, 'severity')) ?? 'error',
      match: matchOf(child(expression, 'match')),
      assert: text(expression, 'assert'),
      assertAt: child(expression, 'assert') ?? expression,
      message: text(expression, 'message'),
    })),
  };
};

const presets: readonly string[] = ['recommended', 'strict'];

const extendsOf = (root: Node): readonly Node[] => {
  const node = child(root, 'extends');
  if (node === undefined) return [];
  return node.type === 'list' ? node.items : [node];
};

const matchOf = (match: Node | undefined): ExpressionMatch => ({
  group: stringAt(match, 'group'),
  kind: stringAt(match, 'kind'),
  namespace: stringAt(match, 'namespace'),
  labels: new Map((match ? entries(match, 'labels') : []).map(([name, value]) => [name, text(value)] as const)),
  environment: stringAt(match, 'environment'),
});

const items = (node: Node, key: string): readonly Node[] => {
  const list = child(node, key);
  return list?.type === 'list' ? list.items : [];
};

const entries = (node: Node, key: string): readonly (readonly [name: string, value: Node, key: Node])[] => {
  const map = child(node, key);
  return map?.type === 'map' ? map.entries.map((entry) => [entry.key.text, entry.value, entry.key]) : [];
};

const text = (node: Node, ...keys: readonly string[]): string => stringAt(node, ...keys) ?? '';

const texts = (node: Node, key: string): readonly string[] => items(node, key).map((item) => text(item));

const textsIfAny = (node: Node, key: string): readonly string[] | undefined => (child(node, key) ? texts(node, key) : undefined);

const flag = (node: Node, key: string): boolean | undefined => {
  const found = child(node, key);
  return found?.type === 'scalar' && typeof found.value === 'boolean' ? found.value : undefined;
};

/** `v2.9.2` → `2.9`. */
const minor = (version: string | undefined): string | undefined => version?.replace(/^v/, '').split('.').slice(0, 2).join('.');

const rules = (node: Node): readonly RuleSetting[] =>
  entries(node, 'rules').map(([rule, setting, key]) => {
    const severity = setting.type === 'list' ? text(setting, '0') : text(setting);
    const optionsAt = child(setting, 1);
    return { at: key, rule, severity: severityWord(severity) ?? 'off', options: options(optionsAt), optionsAt };
  });

const severityWord = (word: string): Severity | undefined => severities.find((severity) => severity === word);

const options = (node: Node | undefined): RuleSetting['options'] => {
  const value = node === undefined ? undefined : toValue(node);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
};
