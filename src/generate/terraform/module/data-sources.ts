/** Data sources that say no more than their arguments and the files of the repository do. Everything else is unknown. */
import type { Scope } from '../../../hcl/machine.ts';
import { anyType, stringType } from '../../../hcl/value/type.ts';
import { type HclObject, type HclString, type HclUnknown, type HclValue, hclList, hclObject, hclString } from '../../../hcl/value/value.ts';
import type { Origin } from '../../../model/origin.ts';
import type { Span } from '../../../model/span.ts';
import { documentsIn } from '../documents.ts';
import { callFunction } from './call-function.ts';
import type { Run } from './run.ts';

interface DataContext {
  readonly address: string;
  readonly at: Span;
  readonly run: Run;
  readonly scope: Scope;
}

export const dataValue = (type: string, values: HclObject, context: DataContext): HclValue => {
  const { address, at } = context;
  const open: HclUnknown = {
    type: 'unknown',
    of: anyType,
    why: `${address} is read when it is planned`,
    key: address,
    at: { span: at, via: [] },
  };
  const made = computed(type, values, context);
  return { ...values, entries: new Map([...values.entries, ...made]), open };
};

const computed = (type: string, values: HclObject, context: DataContext): Iterable<readonly [string, HclValue]> => {
  const { run, at, scope } = context;
  const origin: Origin = { span: at, via: [] };
  const get = (name: string) => values.entries.get(name);
  switch (type) {
    case 'kubectl_file_documents':
      return documentsOf(get('content'), origin);
    case 'kubectl_path_documents': {
      const pattern = get('pattern');
      if (pattern?.type !== 'string') return [];
      return pathDocuments(pattern.value, get('vars') ?? get('sensitive_vars'), context);
    }
    case 'template_file': {
      const template = get('template');
      if (template?.type !== 'string') return [];
      const args = [{ value: template, at: template.at?.span }, { value: get('vars') ?? hclObject([]) }];
      return [['rendered', callFunction('templatestring', args, { scope, span: at })]];
    }
    case 'local_file': {
      const path = get('filename');
      const answer = path?.type === 'string' ? run.access.read(path.value) : undefined;
      return answer?.type === 'file'
        ? [['content', hclString(answer.text, { span: { path: answer.path, start: 0, end: answer.text.length }, via: [] })]]
        : [];
    }
    default:
      return [];
  }
};

/** `documents` in order, and `manifests` by the name that the provider gives each. */
const documentsOf = (content: HclValue | undefined, at: Origin): Iterable<readonly [string, HclValue]> => {
  if (content?.type !== 'string') return [];
  return asResults(documentsIn(content), at);
};

const asResults = (documents: readonly HclString[], at: Origin): Iterable<readonly [string, HclValue]> => {
  const manifests = documents.map((document, index) => [manifestName(document.value) ?? `document-${index}`, document] as const);
  return [
    ['documents', hclList(stringType, documents, at)],
    ['manifests', { type: 'map', of: stringType, entries: new Map(manifests), at }],
  ];
};

/** gavinbunney/kubectl: `/apis/GROUP/VERSION/namespaces/NAMESPACE/KINDs/NAME`, as far as it tells documents apart. */
const manifestName = (text: string): string | undefined => {
  const at = (field: RegExp) => field.exec(text)?.[1];
  const apiVersion = at(/^apiVersion:[ \t]*["']?([^"'\s#]+)/m);
  const kind = at(/^kind:[ \t]*["']?([^"'\s#]+)/m);
  const name = at(/^ {2}name:[ \t]*["']?([^"'\s#]+)/m);
  const namespace = at(/^ {2}namespace:[ \t]*["']?([^"'\s#]+)/m);
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const start = apiVersion.includes('/') ? '/apis' : '/api';
  return `${start}/${apiVersion}${namespace ? `/namespaces/${namespace}` : ''}/${kind.toLowerCase()}s/${name}`;
};

const pathDocuments = (
  pattern: string,
  variables: HclValue | undefined,
  { run, at, scope }: DataContext,
): Iterable<readonly [string, HclValue]> => {
  const slash = pattern.lastIndexOf('/');
  const call = (name: string, ...args: readonly HclValue[]): HclValue =>
    callFunction(
      name,
      args.map((value) => ({ value })),
      { scope, span: at },
    );
  const found = call('fileset', hclString(pattern.slice(0, Math.max(0, slash)) || '.'), hclString(pattern.slice(slash + 1)));
  if (!('items' in found)) return [];
  const documents = found.items.flatMap((item): readonly HclString[] => {
    const path = item.type === 'string' ? `${pattern.slice(0, slash + 1)}${item.value}` : '';
    const text = variables ? call('templatefile', hclString(path), variables) : call('file', hclString(path));
    return text.type === 'string' ? documentsIn(text) : [];
  });
  run.machine.steps += documents.length;
  return asResults(documents, { span: at, via: [] });
};
