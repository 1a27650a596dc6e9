/** What the rules say that Flux does, and what they say nothing about. */

/**
 * Of a rule in this list every finding of its own severity says that something will not be ready. Its pattern is how Flux says so itself, in the
 * message of a Ready condition.
 */
export const claims: ReadonlyMap<string, RegExp> = new Map([
  ['blast-radius/change-edits-immutable-field', /field is immutable|may not change|Forbidden: updates to/],
  ['build/cycle', /cycle detected/],
  ['build/duplicate-object', /already registered id|produces ID conflict/],
  ['build/failed-transformation', /kustomize build failed/],
  ['build/invalid-kustomization', /kustomize build failed|error unmarshaling JSON/],
  ['build/invalid-patch', /kustomize build failed|post-render/],
  ['build/missing-resource', /no such file or directory|doesn't exist/],
  ['build/not-committed', /no such file or directory|doesn't exist/],
  ['build/outside-artifact', /no such file or directory|is not in or below|security; file/],
  ['build/patch-without-target', /no matches for Id/],
  ['build/stray-file', /failed to decode Kubernetes YAML|missing metadata|missing Resource metadata|kind must be specified/],
  ['build/unsupported-feature', /must specify --enable-helm|plugin/],
  ['manifest/duplicate-key', /already defined|already set in map/],
  ['manifest/invalid-name', /Invalid value|namespaces ".*" not found/],
  ['manifest/invalid-yaml', /yaml:|invalid document separator|MalformedYAMLError|failed to decode Kubernetes YAML/],
  ['manifest/missing-identity', /missing metadata|missing kind|kind must be specified|not set|apiVersion/i],
  ['manifest/non-string-label', /expected string|must be of type string|non-string|cannot unmarshal/],
  ['manifest/non-string-value', /expected string|expected map|cannot unmarshal|failed to create typed patch object|ValidationError/],
  ['manifest/not-json', /json: unsupported|map\[interface \{\}\]/],
  [
    'manifest/unresolved-merge-conflict',
    /yaml:|trouble configuring builtin PatchTransformer|MalformedYAMLError|failed to decode Kubernetes YAML/,
  ],
  ['references/bootstrap-deadlock', /dependency '.*' is not ready|not found/],
  ['references/custom-resource-before-definition', /no matches for kind/],
  ['references/dependency-cycle', /dependency '.*' is not ready|circular/],
  ['references/failing-generator', /build failed|get sources failed/],
  ['references/generated-name', /not found|unable to get/],
  ['references/missing-namespace', /namespace not specified/],
  ['references/unknown-chart', /invalid chart reference|values files merge error|improper constraint|invalid semantic version/i],
  ['references/unknown-dependency', /dependency '.*' not found|not found/],
  ['references/unknown-namespace', /namespaces? .* not found/],
  ['references/unknown-path', /kustomization path not found|not a directory/],
  ['references/unknown-service-account', /[Ff]orbidden|service account/],
  ['references/unknown-source', /not found/],
  ['references/unknown-storage-namespace', /namespaces? ".*" not found|create: failed/],
  ['references/unknown-substitute-source', /substitute from .* not found/],
  ['references/unknown-values-source', /could not resolve|not found/],
  ['references/wrong-kind-dependency', /not found/],
  ['reliability/suspended', /dependency '.*' is not ready|not ready/],
  ['schema/conflicting-fields', /Invalid value|must|Forbidden|cannot be used with/],
  [
    'schema/invalid-value',
    /Invalid value|Unsupported value|Too long|expected string|failed to parse url|invalid Helm repository|Endpoint url/,
  ],
  ['schema/missing-field', /Required value|missing required/],
  ['schema/removed-api', /no matches for kind/],
  ['schema/unknown-field', /field not declared in schema|unknown field/],
  ['schema/unserved-version', /no matches for kind/],
  ['security/decryption-without-key', /decrypt|sops/i],
  ['security/encrypted-without-decryption', /sops|SOPS/],
  ['substitution/invalid-name', /variable substitution failed|var name is invalid/],
  ['substitution/literal-variable', /not found|Invalid value/],
  ['substitution/undefined-variable', /variable not set \(strict mode\)/],
  ['substitution/unquoted-value', /cannot unmarshal|expected string|must be of type string|failed to create typed patch object/],
  ['tenancy/cross-namespace-source', /cross-namespace references|can't access|access/],
]);

/** Rules with errors that say what happens, and not that Flux fails. */
export const otherClaims: ReadonlyMap<string, string> = new Map([
  ['blast-radius/change-crosses-environments', 'two environments change together, and Flux carries it out'],
  ['blast-radius/change-drops-files', 'Flux prunes what is left out, and is content'],
  ['blast-radius/change-moves-object', 'one Kustomization prunes what the other applies'],
  ['blast-radius/change-prunes', 'Flux prunes, and is content'],
  ['blast-radius/change-reinstalls-release', 'Helm uninstalls one release and installs another, and is content'],
  ['blast-radius/crosses-environments', 'a build of production reads what belongs to another environment'],
  ['blast-radius/duplicate-owner', 'two Kustomizations overwrite each other, and both are ready'],
  ['blast-radius/foreign-cluster-path', 'a cluster applies what belongs to another'],
  ['blast-radius/namespace-renamed', 'the namespace gets another name than the one that is meant'],
  ['blast-radius/shared-release', 'two HelmReleases upgrade one release in turn'],
  ['manifest/limit-exceeded', "it is a limit of flux-lint's own"],
  ['references/missing-controller', 'the controllers of the case are not those that run, and an object that none looks at has no state'],
  ['references/unknown-shard', 'no controller looks at the object, so that it has no state at all'],
  ['security/inline-credential', 'a secret is readable in git'],
  ['security/insecure-controller', 'the controllers of the case are not those that run'],
  ['security/insecure-source', 'what is fetched can be exchanged on its way'],
  ['security/plaintext-generator', 'a secret is readable in git'],
  ['security/plaintext-secret', 'a secret is readable in git'],
  ['tenancy/cluster-scoped-object', 'a tenant that has the rights brings it, and one that has not fails'],
  ['tenancy/leaves-namespace', 'a tenant that has the rights brings it, and one that has not fails'],
  ['tenancy/missing-service-account', 'a tenant acts with the rights of Flux'],
  ['tenancy/missing-target-namespace', 'a tenant may write in other namespaces'],
  ['tenancy/nested-flux-object', 'a tenant makes what acts with the rights of Flux'],
  ['tenancy/platform-source', 'a tenant builds from what belongs to the platform'],
  ['tenancy/privileged-service-account', 'a tenant has more rights than its own'],
]);

/** Why the cases of a rule are not in the table. */
export const whyNot = (rule: string): string =>
  otherClaims.get(rule) ??
  (rule.startsWith('generated/') ? 'Flux Operator, which is not run there, carries it out' : 'not put to Flux yet');
