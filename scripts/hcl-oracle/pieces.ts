/** What the oracle tells of a file (main.go), of our own tree. */
import type { Body, Expression, Part } from '../../src/hcl/syntax/tree.ts';
import type { Span } from '../../src/model/span.ts';

/** Every attribute, block and call with its bytes, sorted. */
export const piecesOf = (body: Body, text: string): readonly string[] => {
  const pieces: string[] = [];
  const bytes = byteOffsets(text);
  const add = (kind: string, name: string, { start, end }: Span) => pieces.push(`${kind} ${name} ${bytes(start)}-${bytes(end)}`);
  const walkBody = ({ attributes, blocks }: Body): void => {
    for (const { name, nameSpan, value } of attributes) {
      add('attribute', name, nameSpan);
      add('value', name, value.span);
      walk(value);
    }
    for (const block of blocks) {
      add('block', block.type, { ...block.span, end: block.span.start + block.type.length });
      walkBody(block.body);
    }
  };
  const walkPart = (part: Part): void => {
    switch (part.type) {
      case 'text':
        return;
      case 'interpolation':
        return walk(part.expression);
      case 'if':
        pieces.push('conditional  0-0');
        walk(part.condition);
        part.then.forEach(walkPart);
        return part.otherwise.forEach(walkPart);
      case 'for':
        pieces.push('for  0-0');
        walk(part.collection);
        return part.body.forEach(walkPart);
      default:
        return part satisfies never;
    }
  };
  const walk = (expression: Expression): void => {
    switch (expression.type) {
      case 'literal':
      case 'variable':
      case 'splat-item':
        return;
      case 'template':
        return expression.parts.forEach(walkPart);
      case 'wrap':
      case 'parentheses':
        return walk(expression.inner);
      case 'attribute':
        return walk(expression.of);
      case 'index':
        walk(expression.of);
        return walk(expression.key);
      case 'splat':
        walk(expression.of);
        return walk(expression.each);
      case 'call':
        add('call', expression.name, expression.span);
        return expression.args.forEach(walk);
      case 'tuple':
        return expression.items.forEach(walk);
      case 'object':
        for (const { key, value } of expression.items) {
          walk(key);
          walk(value);
        }
        return;
      case 'for':
        pieces.push('for  0-0');
        for (const part of [expression.collection, expression.key, expression.value, expression.condition]) if (part) walk(part);
        return;
      case 'conditional':
        pieces.push('conditional  0-0');
        walk(expression.condition);
        walk(expression.then);
        return walk(expression.otherwise);
      case 'binary':
        walk(expression.left);
        return walk(expression.right);
      case 'unary':
        return walk(expression.operand);
      default:
        return expression satisfies never;
    }
  };
  walkBody(body);
  return pieces.sort();
};

/** UTF-16 offsets to bytes. */
const byteOffsets = (text: string): ((offset: number) => number) => {
  let known = 0;
  let bytes = 0;
  const seen = new Map<number, number>();
  return (offset) => {
    const remembered = seen.get(offset);
    if (remembered !== undefined) return remembered;
    if (offset < known) [known, bytes] = [0, 0];
    bytes += Buffer.byteLength(text.slice(known, offset));
    known = offset;
    seen.set(offset, bytes);
    return bytes;
  };
};
