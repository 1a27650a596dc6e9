import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../src/files/memory.ts';
import type { Generated } from '../../../src/generate/generated.ts';
import { expandTerraform } from '../../../src/generate/terraform/expand.ts';
import { child, type Node, toValue } from '../../../src/yaml/node.ts';

const expand = (texts: Readonly<Record<string, string>>, varFiles: readonly string[] = []): Generated => {
  const [only, ...others] = expandAll(texts, varFiles);
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} roots`);
  return only;
};

const expandAll = (texts: Readonly<Record<string, string>>, varFiles: readonly string[] = []) =>
  expandTerraform({ files: memoryFiles(texts), paths: [], varFiles });

const valuesOf = ({ values = new Map<string, Node>() }: Generated) =>
  Object.fromEntries([...values].map(([name, node]) => [name, toValue(node)]));

/** `KIND NAME` of each object, with how many it stands for where that is not one. */
const names = ({ objects }: Generated) =>
  objects.map(({ root, multiplicity }) => {
    const part = (node: Node | undefined) =>
      node?.type === 'unknown' ? (node.text ?? '(unknown)') : node?.type === 'scalar' ? node.text : '';
    const entry = (node: Node | undefined, key: string) =>
      node?.type === 'map' ? node.entries.find((each) => each.key.text === key)?.value : undefined;
    return `${part(entry(root, 'kind'))} ${part(entry(entry(root, 'metadata'), 'name'))}${multiplicity === '1' ? '' : ` ${multiplicity}`}`;
  });

const namespace = 'yamlencode({ apiVersion = "v1", kind = "Namespace", metadata = { name = NAME } })';
const manifest = (name: string, more = '') =>
  `resource "kubectl_manifest" "x" {\n  ${more}\n  yaml_body = ${namespace.replace('NAME', name)}\n}\n`;

describe('values', () => {
  it('come from tfvars, arguments and defaults, converted by their types', () => {
    const result = expand({
      'main.tf': [
        'variable "tenants" {',
        '  type = map(object({ path = string, wait = optional(bool, true), labels = optional(map(string)) }))',
        '}',
        'output "tenants" { value = var.tenants }',
        'output "text" { value = "${var.count_}-${terraform.workspace}" }',
        'variable "count_" {',
        '  type    = number',
        '  default = "3"',
        '}',
      ].join('\n'),
      'terraform.tfvars': 'tenants = {\n  billing = { path = "./b", labels = { n = 1 } }\n}\n',
    });
    expect(result.errors).toEqual([]);
    expect(valuesOf(result)).toEqual({ tenants: { billing: { path: './b', wait: true, labels: { n: '1' } } }, text: '3-default' });
  });

  it('of a folder of files of values make a run each', () => {
    const texts = {
      'tf/main.tf': `variable "name" {}\n${manifest('var.name')}`,
      'tf/env/blue.tfvars': 'name = "blue"\n',
      'tf/env/green.tfvars.json': '{"name": "green"}',
    };
    expect(expandAll(texts).map((root) => [root.name, ...names(root)])).toEqual([
      ['tf (env/blue.tfvars)', 'Namespace blue'],
      ['tf (env/green.tfvars.json)', 'Namespace green'],
    ]);
    expect(names(expand(texts, ['tf/env/green.tfvars.json']))).toEqual(['Namespace green']);
  });

  it('of overrides stand for those before', () => {
    expect(names(expand({ 'main.tf': manifest('"a"'), 'main_override.tf': manifest('"b"') }))).toEqual(['Namespace b']);
  });

  it('of the JSON form are the same', () => {
    const text = JSON.stringify({
      variable: { n: { type: 'string', default: 'shop' } },
      resource: { kubernetes_namespace: { shop: { metadata: { name: '${var.n}', labels: { team: 'a' } } } } },
    });
    expect(names(expand({ 'main.tf.json': text }))).toEqual(['Namespace shop']);
  });

  it('of resources are constants in disguise, as far as they are arguments', () => {
    const result = expand({
      'main.tf':
        'resource "kubernetes_namespace" "ns" {\n  metadata {\n    name = "shop"\n  }\n}\noutput "name" { value = kubernetes_namespace.ns.metadata[0].name }\noutput "id" { value = "x-${kubernetes_namespace.ns.id}" }\n',
    });
    expect(valuesOf(result)).toEqual({ name: 'shop', id: null });
    expect(result.values?.get('id')).toMatchObject({ type: 'unknown', text: 'x-(unknown)' });
  });

  it('that are sensitive are never told', () => {
    const result = expand({
      'main.tf': 'variable "t" {\n  default   = "hunter2"\n  sensitive = true\n}\noutput "t" { value = "a-${var.t}" }\n',
    });
    expect(JSON.stringify([...(result.values ?? [])])).not.toContain('hunter2');
  });
});

describe('what is unknown', () => {
  it('stands as a hole in names, and makes any number of objects', () => {
    const result = expand({ 'main.tf': `variable "names" {}\n${manifest('"team-${each.key}"', 'for_each = var.names')}` });
    expect(names(result)).toEqual(['Namespace team-(unknown) 0..n']);
  });

  it('as a condition is taken both ways', () => {
    const result = expand({
      'main.tf': `variable "on" {}\n${manifest('"a"', 'count = var.on ? 1 : 0')}resource "kubectl_manifest" "y" {\n  yaml_body = <<-YAML\n    apiVersion: v1\n    kind: Namespace\n    metadata:\n      name: b\n    %{~ if var.on }\n      labels: { on: "1" }\n    %{~ endif }\n  YAML\n}\n`,
    });
    expect(result.errors).toEqual([]);
    expect(names(result)).toEqual(['Namespace a 0..1', 'Namespace b']);
  });

  it('of applying ends a plan only where it decides which instances there are', () => {
    const text = (what: string) => `resource "random_pet" "p" {}\n${manifest('each.value', `for_each = toset([${what}])`)}`;
    expect(expand({ 'main.tf': text('random_pet.p.id') }).errors[0]?.message).toContain('cannot be determined until apply');
    expect(expand({ 'main.tf': text('data.http.x.body').replace('resource "random_pet" "p" {}', 'data "http" "x" {}') }).errors).toEqual(
      [],
    );
  });
});

it('stands in the JSON that format makes, which is that of jsonencode', () => {
  const format = (verb: string, value: string) =>
    expand({ 'main.tf': `variable "x" {}\noutput "a" { value = format("${verb}", ${value}) }\n` }).values?.get('a');
  expect(format('%v', '{ b = "<1>", a = [1, null] }')).toMatchObject({ text: '{"a":[1,null],"b":"\\u003c1\\u003e"}' });
  expect(format('%#v', '"a&b"')).toMatchObject({ text: '"a\\u0026b"' });
  expect(format('%v', '1.5')).toMatchObject({ text: '1.5' });
  expect(format('%v', '{ a = var.x }')).toMatchObject({ type: 'unknown' });
});

it('stays unknown in what a Kustomization of Azure waits for', () => {
  const result = expand({
    'main.tf':
      'variable "name" {}\nresource "azurerm_kubernetes_flux_configuration" "a" {\n  name      = var.name\n  namespace = "flux-system"\n  kustomizations {\n    name = "infra"\n  }\n  kustomizations {\n    name       = "apps"\n    depends_on = ["infra"]\n  }\n}\n',
  });
  const apps = result.objects.at(-1)?.root;
  expect(child(apps, 'spec', 'dependsOn', 0, 'name')).toMatchObject({ type: 'unknown', text: '(unknown)-infra' });
});

describe('places', () => {
  it('are those of the line that a person would edit', () => {
    const texts = {
      'main.tf': 'module "m" {\n  source = "./m"\n  path   = "./tenants/billing"\n}\n',
      'm/main.tf':
        'variable "path" {}\nresource "kubectl_manifest" "x" {\n  yaml_body = templatefile("${path.module}/t.yaml", { path = var.path })\n}\n',
      'm/t.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  path: ${path}\n',
    };
    const [object] = expand(texts).objects;
    const data = object?.root.entries.find(({ key }) => key.text === 'data')?.value;
    const path = data?.type === 'map' ? data.entries[0]?.value : undefined;
    expect(path && texts['m/t.yaml'].slice(path.span.start, path.span.end)).toBe('${path}');
    const steps = (path?.via ?? []).map(({ type, at }) => `${type} ${at.path}`);
    expect(steps).toContain('reference main.tf');
    expect(steps).toContain('template m/main.tf');
  });
});

describe('hostile input', () => {
  // Below a second each on a machine of its own; a busy one counts more, and what does not end counts without end.
  const soon = (texts: Readonly<Record<string, string>>): Generated => {
    const start = process.cpuUsage();
    const result = expand(texts);
    expect(process.cpuUsage(start).user).toBeLessThan(10_000_000);
    return result;
  };
  const told = ({ gaps, errors }: Generated) => [...gaps.map(({ reason }) => reason), ...errors.map(({ message }) => message)].join('\n');

  it.each([
    ['a file outside', 'output "a" { value = file("/etc/passwd") }', 'is not in this repository'],
    ['a way up', 'output "a" { value = templatefile("../../x", {}) }', 'is not in this repository'],
    ['all files of a disk', 'output "a" { value = fileset("/", "**") }', 'leaves the repository'],
    ['a million instances', `resource "kubectl_manifest" "x" {\n  count = 1000000\n  yaml_body = "a"\n}`, 'the others are not looked at'],
    [
      'products without end',
      `locals {\n  a = range(1000)\n}\noutput "a" { value = setproduct(local.a, local.a, local.a) }`,
      'more items than are looked at',
    ],
    [
      'texts that double',
      `locals {\n  t0 = "0123456789abcdef"\n${Array.from({ length: 30 }, (_, index) => `  t${index + 1} = "\${local.t${index}}\${local.t${index}}"`).join('\n')}\n}\noutput "a" { value = local.t30 }`,
      'longer than is looked at',
    ],
    [
      'loops in loops',
      'output "a" { value = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]] }',
      'More work than is done',
    ],
    ['a cycle', 'locals {\n  a = local.b\n  b = local.a\n}\noutput "a" { value = local.a }', 'Cycle: local.a, local.b, local.a'],
    ['a module that calls itself', 'module "m" {\n  source = "./m"\n}\n', 'is not in this repository'],
  ])('ends: %s', (_, text, message) => {
    expect(told(soon({ 'main.tf': `${text}\n` }))).toContain(message);
  });

  it('ends: modules in each other', () => {
    const start = process.cpuUsage();
    const found = expandAll({ 'main.tf': 'module "a" {\n  source = "./a"\n}\n', 'a/main.tf': 'module "b" {\n  source = "../a"\n}\n' });
    expect(found.length).toBeGreaterThan(0);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });

  it('does not follow a link that leaves', () => {
    const files = memoryFiles({ 'main.tf': 'output "a" { value = file("secret") }\n' }, { links: { secret: '../../etc/passwd' } });
    const [root] = expandTerraform({ files, paths: [], varFiles: [] });
    expect(root?.gaps.map(({ reason }) => reason)).toEqual(['secret is a link that leaves the repository']);
  });
});
