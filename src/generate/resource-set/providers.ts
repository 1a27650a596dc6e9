/** What ResourceSetInputProviders export (docs/api/v1/resourcesetinputprovider.md of the Flux Operator). */

const changeRequest = ['id', 'sha', 'branch', 'author', 'title'];
const branch = ['id', 'branch', 'sha'];
const tag = ['id', 'tag', 'sha'];
const artifactTag = ['id', 'tag', 'digest'];

/** Whether a provider of this type gives what whoever opens a pull or merge request writes. */
export const isOfRequests = (type: string): boolean => /(?:PullRequest|MergeRequest)$/.test(type);

/** The keys of each set that a provider of this type exports, besides its `defaultValues`; undefined for unknown types. */
export const exportedKeys = (type: string): readonly string[] | undefined => {
  if (isOfRequests(type)) return changeRequest;
  if (type.endsWith('ArtifactTag')) return artifactTag;
  if (type.endsWith('Branch')) return branch;
  if (type.endsWith('Tag')) return tag;
  switch (type) {
    case 'Static':
      return ['id'];
    case 'GitLabEnvironment':
      return [...changeRequest, 'slug'];
    case 'ExternalArtifact':
      return ['id', 'name', 'namespace', 'revision'];
    case 'ExternalService':
      return ['id'];
    default:
      return undefined;
  }
};

/** Whether sets may hold keys that nobody has written down: what a service answers, the labels of artifacts. */
export const exportsMore = (type: string): boolean =>
  type === 'ExternalService' || type === 'ExternalArtifact' || exportedKeys(type) === undefined;

/** What one set of such a provider stands for, in words: "every pull request". */
export const everyOne = (type: string): string => {
  if (/PullRequest$/.test(type)) return 'every pull request';
  if (/MergeRequest$/.test(type)) return 'every merge request';
  if (type.endsWith('Branch')) return 'every branch';
  if (type.endsWith('Tag')) return 'every tag';
  if (type === 'GitLabEnvironment') return 'every environment';
  return type === 'ExternalArtifact' ? 'every artifact' : `every input of the ${type}`;
};
