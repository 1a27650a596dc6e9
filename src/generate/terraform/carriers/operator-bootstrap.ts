/**
 * The module `controlplaneio-fluxcd/flux-operator-bootstrap/kubernetes`: it applies a FluxInstance and what that needs, and
 * keeps a ConfigMap `flux-runtime-info`, whose keys also fill `${…}` in its inputs.
 */

import { hasHole } from '../../../gotemplate/hole.ts';
import { evaluate } from '../../../hcl/evaluate.ts';
import { originIn, textOfPieces } from '../../../hcl/value/text.ts';
import type { HclString, HclValue, TextPiece } from '../../../hcl/value/value.ts';
import type { Origin } from '../../../model/origin.ts';
import type { TerraformObject } from '../made.ts';
import type { ModuleCall, ResourceInstance } from '../module/instance.ts';
import type { Instance } from '../module/instances.ts';
import { attributeNamed } from '../module/read-module.ts';
import { attempted } from '../module/run.ts';
import { type CarrierContext, get, nodeAt, objectOf, sketched } from './context.ts';
import { eachWay, manifestsIn } from './manifests.ts';

export const operatorBootstrap = (call: ModuleCall, instance: Instance, context: CarrierContext): readonly TerraformObject[] => {
  const { run } = context;
  const scope = call.caller.scope(instance);
  const argument = (name: string): HclValue | undefined => {
    const found = attributeNamed(call.block.body, name);
    return found && attempted(run, () => evaluate(found.value, scope));
  };
  const resource = asResource(call, instance);
  const resources = argument('gitops_resources');
  const managed = argument('managed_resources');
  const info = get(managed, 'runtime_info');
  const data = get(info, 'data');
  const objects: TerraformObject[] = [];
  const add = (text: HclValue | undefined): void => {
    if (text === undefined) return;
    for (const { root, at, multiplicity } of eachWay(filled(text, data), (whole) => manifestsIn(whole, resource, context))) {
      objects.push({ ...objectOf(root, at, resource), multiplicity: multiplicity === '1' ? instance.multiplicity : multiplicity });
    }
  };
  add(get(resources, 'instance_yaml'));
  const yamls = get(resources, 'prerequisites', 'yamls');
  for (const yaml of yamls && 'items' in yamls ? yamls.items : []) add(yaml);
  if (data) {
    const at: Origin = data.at ?? { span: call.block.header, via: [] };
    const metadata = {
      name: 'flux-runtime-info',
      namespace: 'flux-system',
      labels: nodeAt(info, context, at, 'labels'),
      annotations: nodeAt(info, context, at, 'annotations'),
    };
    objects.push(
      objectOf(sketched({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: nodeAt(info, context, at, 'data') }, at), at, resource),
    );
  }
  return objects;
};

/** A module as its objects name it. */
const asResource = (call: ModuleCall, instance: Instance): ResourceInstance => ({
  resource: { mode: 'managed', type: 'module', name: call.name, block: call.block },
  address: `${call.caller.address}module.${call.name}${instance.suffix}`,
  instance,
  values: { type: 'object', entries: new Map() },
  multiplicity: instance.multiplicity,
  module: call.caller,
});

/** `${KEY}` of the text, where the ConfigMap has the key. */
const filled = (text: HclValue, data: HclValue | undefined): HclValue => {
  if (text.type !== 'string' || !data || !('entries' in data) || !text.value.includes('${')) return text;
  const originAt = originIn(text, text.at ?? nowhere);
  const pieces: TextPiece[] = [];
  let last = 0;
  for (const { 0: written, 1: name = '', index } of text.value.matchAll(/\$\{([A-Za-z_]\w*)\}/g)) {
    const value = data.entries.get(name);
    if (value?.type !== 'string' || hasHole(value.value)) continue;
    push(pieces, text, last, index, originAt);
    const at = originAt(index);
    pieces.push({
      text: value.value,
      at: { span: at.span, via: value.at ? [{ type: 'reference', at: value.at.span }, ...at.via] : at.via },
      isExact: false,
    });
    last = index + written.length;
  }
  push(pieces, text, last, text.value.length, originAt);
  return { ...textOfPieces(pieces, text.at ?? nowhere), at: text.at };
};

/** Line by line, so that each keeps its place. */
const push = (pieces: TextPiece[], { value }: HclString, start: number, end: number, originAt: (offset: number) => Origin): void => {
  for (let from = start; from < end; ) {
    const newline = value.indexOf('\n', from);
    const to = newline === -1 || newline >= end ? end : newline + 1;
    const at = originAt(from);
    const isExact = at.span.end - at.span.start >= to - from;
    pieces.push({
      text: value.slice(from, to),
      at: isExact ? { span: { ...at.span, end: at.span.start + to - from }, via: at.via } : at,
      isExact,
    });
    from = to;
  }
};

const nowhere: Origin = { span: { path: '', start: 0, end: 0 }, via: [] };
