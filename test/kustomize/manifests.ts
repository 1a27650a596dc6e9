import type { Resource } from '../../src/kustomize/resource/resource.ts';
import { isMap, type MapNode, toValue, type Value } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';

/** The maps of a text, as a build would load them from `manifests.yaml`. */
export const resources = (text: string): readonly Resource[] => maps(text, 'manifests.yaml').map(resource);

export const resource = (root: MapNode): Resource => ({ root, previous: [], prefixes: [], suffixes: [], via: [], needsHash: false });

/** What stands in a `kustomization.yaml`. */
export const kustomization = (text: string): MapNode => {
  const [root] = maps(text, 'kustomization.yaml');
  if (!root) throw new Error('the test needs a map');
  return root;
};

export const values = (result: readonly Resource[]): readonly Value[] => result.map(({ root }) => toValue(root));

const maps = (text: string, path: string): readonly MapNode[] => {
  const { documents, problems } = parseYaml(text, wholeFile(path));
  if (problems[0]) throw new Error(problems[0].message);
  return documents.map(({ root }) => root).filter(isMap);
};
