import { describe, expect, it } from 'vitest';
import { varReferenceFieldSpecs } from '../../../src/kustomize/field/var-reference-specs.ts';
import { expandVars } from '../../../src/kustomize/reference/var-references.ts';
import { collectVars, mergeVars } from '../../../src/kustomize/reference/vars.ts';
import { currentId, renamed } from '../../../src/kustomize/resource/resource.ts';
import { child, isList, toValue } from '../../../src/yaml/node.ts';
import { kustomization, resources } from '../manifests.ts';

const entries = (text: string) => {
  const list = child(kustomization(`vars: [${text}]`), 'vars');
  return isList(list) ? list.items : [];
};

const service = '{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {ports: [{port: 5432}], weight: 1.50, on: true, map: {a: 1}}}';
const objref = 'objref: {apiVersion: v1, kind: Service, name: db}';
const vars = `
  {name: NAME, ${objref}},
  {name: PORT, ${objref}, fieldref: {fieldPath: "spec.ports[0].port"}},
  {name: WEIGHT, ${objref}, fieldref: {fieldPath: spec.weight}},
  {name: ON, ${objref}, fieldref: {fieldPath: spec.on}},
  {name: MAP, ${objref}, fieldref: {fieldPath: spec.map}}
`;

const expand = (annotations: string) => {
  const all = resources(`${service}\n---\n{kind: Pod, metadata: {annotations: ${annotations}}}`);
  const collected = collectVars([], entries(vars), all);
  expect(collected.problems).toEqual([]);
  return expandVars(all, collected.vars, varReferenceFieldSpecs);
};

describe('expandVars', () => {
  it.each([
    ['$(NAME)', 'db'],
    ['$(PORT)', 5432],
    ['$(WEIGHT)', 1.5],
    ['$(ON)', true],
    ['jdbc://$(NAME):$(PORT)/$(NAME)', 'jdbc://db:5432/db'],
    ['$(WEIGHT)-$(ON)', '1.5-true'],
    ['$(MAP)', '$(MAP)'],
    ['$(OTHER)', '$(OTHER)'],
    ['$$(NAME)_$(NAME)', '$(NAME)_db'],
    ['$$$(NAME)', '$db'],
    ['$$$$(NAME)', '$$(NAME)'],
    ['$NAME $? $(NAME', '$NAME $? $(NAME'],
    ['a$', 'a$'],
  ])('%s', (written, expected) => {
    const { resources: result, problems } = expand(JSON.stringify({ a: written }));
    expect(problems).toEqual([]);
    const node = child(result[1]?.root, 'metadata', 'annotations', 'a');
    expect(node && toValue(node)).toBe(expected);
  });

  it('reads lists of texts, and single ones', () => {
    const all = resources(
      `${service}\n---\n{kind: Pod, spec: {containers: [{args: ["--db", $(NAME)], env: [{value: $(PORT)}], image: $(NAME)}]}}`,
    );
    const { resources: result } = expandVars(all, collectVars([], entries(vars), all).vars, varReferenceFieldSpecs);
    const spec = child(result[1]?.root, 'spec');
    expect(spec && toValue(spec)).toEqual({ containers: [{ args: ['--db', 'db'], env: [{ value: 5432 }], image: '$(NAME)' }] });
  });

  it('keeps the place of the reference, and names the var', () => {
    const { resources: result } = expand('{a: x-$(NAME)}');
    expect(child(result[1]?.root, 'metadata', 'annotations', 'a')).toMatchObject({
      span: { path: 'manifests.yaml' },
      via: [{ type: 'replacement', at: { path: 'kustomization.yaml', start: 17, end: 21 }, field: 'vars' }],
    });
  });

  it('leaves everything as it is where there is no reference', () => {
    const all = resources(service);
    expect(expandVars(all, collectVars([], entries(vars), all).vars, varReferenceFieldSpecs).resources).toBe(all);
  });

  it('follows the object through later names', () => {
    const all = resources(service);
    const { vars: collected } = collectVars([], entries(`{name: NAME, ${objref}}`), all);
    const [object] = all;
    const [later] = resources('{apiVersion: v1, kind: Service, metadata: {name: prod-db, annotations: {a: $(NAME)}}}');
    if (!object || !later) throw new Error('the test needs two objects');
    const stranger = { ...later, previous: [{ ...currentId(later), name: 'other' }, currentId(object)] };
    const { resources: result } = expandVars([stranger, renamed(object, later.root)], collected, varReferenceFieldSpecs);
    expect(child(result[1]?.root, 'metadata', 'annotations', 'a')).toMatchObject({ value: 'prod-db' });
  });

  it.each([
    ['{name: X, objref: {apiVersion: v1, kind: Service, name: none}}', "var 'X' cannot be mapped to a field in the set of known resources"],
    ['{name: X, objref: {kind: Service, name: db}}', "var 'X' cannot be mapped to a field in the set of known resources"],
    [`{name: X, ${objref}, fieldref: {fieldPath: spec.none}}`, 'not found in corresponding resource'],
  ])('rejects %s', (entry, message) => {
    const all = resources(service);
    const result = expandVars(all, collectVars([], entries(entry), all).vars, varReferenceFieldSpecs);
    expect(result.problems).toMatchObject([{ ruleId: 'build/failed-transformation', message: expect.stringContaining(message) }]);
  });

  it('rejects a list with other things than texts', () => {
    const all = resources(`${service}\n---\n{kind: Pod, spec: {containers: [{args: [1]}]}}`);
    const { problems } = expandVars(all, collectVars([], entries(vars), all).vars, varReferenceFieldSpecs);
    expect(problems).toMatchObject([{ message: expect.stringContaining('invalid value type expect a string') }]);
  });
});

describe('collectVars', () => {
  const twins = resources(
    '{apiVersion: v1, kind: Service, metadata: {name: db, namespace: a}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: db, namespace: b}}',
  );

  it('rejects what could be several objects', () => {
    expect(collectVars([], entries(`{name: X, ${objref}}`), twins).problems).toMatchObject([
      { message: 'found 2 resId matches for var X (unable to disambiguate)' },
    ]);
    expect(collectVars([], entries('{name: X, objref: {apiVersion: v1, kind: Service, name: db, namespace: b}}'), twins)).toMatchObject({
      problems: [],
      vars: [{ referent: [{ namespace: 'b' }] }],
    });
  });

  it('rejects a name that is taken', () => {
    const { vars: known } = collectVars([], entries(`{name: X, ${objref}}`), []);
    expect(collectVars(known, entries(`{name: X, ${objref}}`), [])).toMatchObject({
      vars: known,
      problems: [{ message: "var 'X' already encountered", related: [{ message: 'the first of that name' }] }],
    });
    expect(mergeVars(known, known).problems).toHaveLength(1);
  });
});
