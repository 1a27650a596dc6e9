import type { MapNode } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

/** The first document of a text, which must be a map. */
export const parseObject = (text: string): MapNode => {
  const { documents, problems } = parseYaml(text, wholeFile('object.yaml'));
  const root = documents[0]?.root;
  if (root?.type !== 'map' || problems.length > 0) throw new Error(`No object in ${text}: ${JSON.stringify(problems)}`);
  return root;
};
