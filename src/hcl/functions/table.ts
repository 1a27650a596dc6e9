/** The functions of the language that are known here. `try` and `can` are forms of their own, since they look at failures. */
import { collectionFunctions } from './collections.ts';
import type { HclFunction } from './define.ts';
import { encodingFunctions } from './encoding.ts';
import { fileFunctions } from './files.ts';
import { numberFunctions } from './numbers.ts';
import { stringFunctions } from './strings.ts';
import { yamlFunctions } from './yaml.ts';

const table: ReadonlyMap<string, HclFunction> = new Map(
  [stringFunctions, collectionFunctions, numberFunctions, encodingFunctions, yamlFunctions, fileFunctions].flatMap((group) => [...group]),
);

/** Others that Terraform 1.11 has: their results are not worked out here. */
export const otherFunctions: ReadonlySet<string> = new Set(
  `base64gzip cidrhost cidrnetmask cidrsubnet cidrsubnets csvdecode ephemeralasnull formatdate list map rsadecrypt textdecodebase64
  textencodebase64 timeadd timecmp uuidv5 type`.split(/\s+/),
);

export const functionNamed = (name: string): HclFunction | undefined => table.get(name.startsWith('core::') ? name.slice(6) : name);
