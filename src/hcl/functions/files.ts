/** Functions that read files, templates among them (terraform: `internal/lang/funcs/filesystem.go`). */
import { createHash } from 'node:crypto';
import { baseName, directoryOf } from '../../files/files.ts';
import type { Origin } from '../../model/origin.ts';
import { globMatcher } from '../../pattern/glob.ts';
import type { FileAnswer } from '../machine.ts';
import { spend } from '../machine.ts';
import { anyType, boolType, type HclType, setOf, stringType } from '../value/type.ts';
import { type HclUnknown, type HclValue, hclBool, hclSet, hclString, type TextPiece } from '../value/value.ts';
import { type CallContext, failArgument, type HclFunction, holding, text, textOf } from './define.ts';

/** What a file is made into; what is not there is a gap, since a run may have made it before. */
const ofFile = (returns: HclType, make: (file: FileAnswer & { readonly type: 'file' }, context: CallContext) => HclValue): HclFunction => ({
  parameters: [text],
  returns,
  call: ([path], context) => {
    const answer = context.machine.files.read(textOf(path));
    return answer.type === 'file' ? make(answer, context) : unseen(answer, textOf(path), returns, context);
  },
});

const unseen = ({ why }: { readonly why: string }, path: string, of: HclType, { machine, at }: CallContext): HclUnknown => {
  machine.note(why, at.span);
  return { type: 'unknown', of, why, key: `file:${path}`, at };
};

/** A text that is a file, and knows it. */
const fileText = ({ text: whole, path }: FileAnswer & { readonly type: 'file' }, via: Origin['via']): HclValue => {
  const at: Origin = { span: { path, start: 0, end: whole.length }, via };
  const piece: TextPiece = { text: whole, at, isExact: true };
  return { ...hclString(whole, at), pieces: [piece] };
};

const hashed = (algorithm: string, encoding: 'hex' | 'base64'): HclFunction =>
  ofFile(stringType, ({ bytes }, { at }) => hclString(createHash(algorithm).update(bytes()).digest(encoding), at));

const templatefile: HclFunction = {
  parameters: [text, holding],
  returns: stringType,
  call: ([path, variables], context) => {
    const answer = context.machine.files.read(textOf(path));
    if (answer.type !== 'file') return unseen(answer, textOf(path), stringType, context);
    if (variables === undefined || !('entries' in variables)) return failArgument(context, 1, 'invalid vars value: must be a map');
    const at: Origin = { span: { path: answer.path, start: 0, end: answer.text.length }, via: [{ type: 'template', at: context.at.span }] };
    return context.render({ text: answer.text, path: answer.path, at }, variables, 1);
  },
};

const templatestring: HclFunction = {
  parameters: [text, holding],
  returns: stringType,
  call: ([template, variables], context) => {
    if (variables === undefined || !('entries' in variables)) return failArgument(context, 1, 'invalid vars value: must be a map');
    return context.render({ text: textOf(template), path: undefined, at: template?.at ?? context.at }, variables, 1);
  },
};

const fileset: HclFunction = {
  parameters: [text, text],
  returns: setOf(stringType),
  call: ([directory, pattern], context) => {
    const { machine, at } = context;
    const names = machine.files.below(textOf(directory));
    const of = setOf(stringType);
    if (names === undefined) return unseen({ why: `${textOf(directory)} leaves the repository` }, `${textOf(directory)}/*`, of, context);
    spend(machine, names.length, at.span);
    const matches = globMatcher(textOf(pattern));
    return hclSet(
      stringType,
      names.filter(matches).map((name) => hclString(name, at)),
      at,
    );
  },
};

const fileexists: HclFunction = {
  parameters: [text],
  returns: boolType,
  call: ([path], context) => {
    const answer = context.machine.files.read(textOf(path));
    return answer.type === 'outside'
      ? unseen(answer, `exists:${textOf(path)}`, boolType, context)
      : hclBool(answer.type === 'file', context.at);
  },
};

const ofMachine = (why: string): HclFunction => ({
  parameters: [text],
  returns: stringType,
  call: ([path], { at }) => ({ type: 'unknown', of: stringType, why, key: `${why}:${textOf(path)}`, at }),
});

/** What each run, or the machine it is on, makes anew. */
const unpredictable = (name: string, why: string): HclFunction => ({
  parameters: [],
  rest: { type: anyType, isNullable: true, mayBeUnknown: true },
  returns: stringType,
  call: (_, { at }) => ({ type: 'unknown', of: stringType, why, key: `${name}:${at.span.path}:${at.span.start}`, at, isOfApply: true }),
});

export const fileFunctions: ReadonlyMap<string, HclFunction> = new Map<string, HclFunction>(
  Object.entries({
    file: ofFile(stringType, (file, { at }) => fileText(file, [{ type: 'template', at: at.span }])),
    filebase64: ofFile(stringType, ({ bytes }, { at }) => hclString(Buffer.from(bytes()).toString('base64'), at)),
    filemd5: hashed('md5', 'hex'),
    filesha1: hashed('sha1', 'hex'),
    filesha256: hashed('sha256', 'hex'),
    filesha512: hashed('sha512', 'hex'),
    filebase64sha256: hashed('sha256', 'base64'),
    filebase64sha512: hashed('sha512', 'base64'),
    templatefile,
    templatestring,
    fileset,
    fileexists,
    basename: {
      parameters: [text],
      returns: stringType,
      call: ([path], { at }) => hclString(baseName(textOf(path).replace(/\/+$/, '')) || (textOf(path) === '' ? '.' : '/'), at),
    },
    dirname: {
      parameters: [text],
      returns: stringType,
      call: ([path], { at }) => hclString(directoryOf(textOf(path)) || (textOf(path).startsWith('/') ? '/' : '.'), at),
    },
    abspath: ofMachine('where the directory lies is known on the machine alone'),
    pathexpand: {
      parameters: [text],
      returns: stringType,
      call: ([path], { at }) =>
        textOf(path).startsWith('~')
          ? { type: 'unknown', of: stringType, why: 'the home directory is known on the machine alone', key: `home:${textOf(path)}`, at }
          : hclString(textOf(path), at),
    },
    timestamp: unpredictable('timestamp', 'the time of the run'),
    plantimestamp: unpredictable('plantimestamp', 'the time of the run'),
    uuid: unpredictable('uuid', 'it is made anew in every run'),
    bcrypt: unpredictable('bcrypt', 'it is made anew in every run'),
  }),
);
