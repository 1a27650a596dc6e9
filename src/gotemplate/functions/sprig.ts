/** The functions of slim-sprig 3.0 that give the same each time (`HermeticTxtFuncMap`), and Go's own below them. */
import type { GoFunction } from '../function.ts';
import { builtinFunctions } from './builtin.ts';
import { defaultFunctions } from './defaults.ts';
import { encodingFunctions } from './encoding.ts';
import { jsonFunctions } from './json.ts';
import { listFunctions } from './lists.ts';
import { mapFunctions } from './maps.ts';
import { momentFunctions } from './moments.ts';
import { numberFunctions } from './numbers.ts';
import { regexpFunctions } from './regexps.ts';
import { stringFunctions } from './strings.ts';
import { urlFunctions } from './urls.ts';

export const hermeticSprig: ReadonlyMap<string, GoFunction> = new Map([
  ...builtinFunctions,
  ...defaultFunctions,
  ...encodingFunctions,
  ...jsonFunctions,
  ...listFunctions,
  ...mapFunctions,
  ...momentFunctions,
  ...numberFunctions,
  ...regexpFunctions,
  ...stringFunctions,
  ...urlFunctions,
]);
