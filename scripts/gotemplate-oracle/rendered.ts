import { type GoFunction, goFunction } from '../../src/gotemplate/function.ts';
import { fromJson } from '../../src/gotemplate/functions/json.ts';
import { hermeticSprig } from '../../src/gotemplate/functions/sprig.ts';
import { parseTemplate, render } from '../../src/gotemplate/render.ts';
import { goNil } from '../../src/gotemplate/value.ts';
import type { TemplateRequest } from './random-template.ts';

/** What src/gotemplate makes of a template, set up as main.go sets up Go's. */
export const renderedAsOperator = ({ template, inputs }: TemplateRequest): { readonly output?: string; readonly error?: string } => {
  const value = fromJson(JSON.stringify(inputs)) ?? goNil;
  const own = new Map<string, GoFunction>([...hermeticSprig, ['inputs', goFunction({ takes: [], gives: () => value })]]);
  const functions = () => (name: string) => own.get(name);
  const parsed = parseTemplate(template, { left: '<<', right: '>>' }, functions());
  if (parsed.type === 'failed') return { error: parsed.failure.message };
  const [world] = render({ parsed, functions, holes: [] }).worlds;
  if (world?.outcome.type !== 'rendered') return { error: world?.outcome.failure.message ?? 'nothing' };
  return { output: world.outcome.chunks.map(({ text }) => text).join('') };
};
