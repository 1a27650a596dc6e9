import { describedKinds } from '../src/kube/schema/described-kinds.ts';
import { describedObject } from '../src/kube/schema/object-schema.ts';
import { toJsonSchema } from './json-schema.ts';

/** Path under the repository → text, of every JSON Schema made from the descriptions in `src/kube/kinds`. */
export const generatedSchemas = (): ReadonlyMap<string, string> =>
  new Map(
    describedKinds.flatMap((kind) =>
      Object.entries(kind.versions).map(([version, schema]) => {
        const title = `${kind.kind} ${kind.group}/${version}`;
        const text = JSON.stringify(toJsonSchema(describedObject(kind, schema), title));
        return [`schemas/generated/${kind.group}/${kind.kind.toLowerCase()}_${version}.json`, `${text}\n`] as const;
      }),
    ),
  );
