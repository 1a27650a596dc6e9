/** What stands although Flux's answer is another, and why: by `rule/case`. */

/** Disagreements. */
export const exceptions: ReadonlyMap<string, string> = new Map([
  [
    'reliability/suspended/bad-waited-for',
    'helm-controller 1.6.4 writes `observedGeneration` of a suspended release, in the patch that ends every reconciliation, so a release that was ready, or never ran, passes the health check; the rule says that it never does',
  ],
]);

/** Cases of which the cluster that is run is another than the one they are about. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  ['manifest/missing-identity/bad-nameless', 'the objects are left out, as the rule says, and Flux is content'],
  ['manifest/non-string-label/bad', 'the labels are dropped, as the rule says, and Flux is content'],
  ['manifest/non-string-label/bad-empty', 'the labels are dropped, as the rule says, and Flux is content'],
  ['references/unknown-dependency/good-external', 'somebody else makes the dependency, says the configuration'],
  ['references/unknown-namespace/good-content-elsewhere', 'the namespace may come from a repository elsewhere'],
  ['references/unknown-namespace/good-created-by-a-release', 'the namespace comes with a chart'],
  ['references/unknown-service-account/good-always-there', 'an account that every namespace has is there, and nobody gave it rights'],
  ['references/unknown-storage-namespace/bad', 'the release goes to another cluster'],
  ['references/unknown-values-source/bad-on-the-spoke', 'the values are on another cluster'],
  ['references/unknown-substitute-source/bad-not-in-git', 'what is ignored by git may be there'],
  ['references/unknown-substitute-source/good-external', 'somebody else makes the Secret, says the configuration'],
  ['references/unknown-substitute-source/good-made-by-terraform', 'Terraform makes the ConfigMap'],
  ['schema/invalid-value/good-installation-not-known', "Flux Operator's definitions know more kinds"],
  ['schema/invalid-value/good-kinds-of-the-operator', "Flux Operator's definitions know more kinds"],
  ['schema/missing-field/bad-patch-with-an-unknown-variable', 'the variables are in a Secret that is not in git'],
  ['schema/missing-field/good-patches-of-a-root-that-is-not-in-git', 'the root that patches is not in git'],
  ['schema/unknown-field/bad-newer-than-the-cluster', 'the Flux of the case is an older one'],
  ['security/decryption-without-key/bad', 'the controller of the case is not the one that runs'],
  [
    'security/encrypted-without-decryption/bad-generated',
    'what is encrypted is applied as the value, as the rule says, and Flux is content',
  ],
  [
    'security/encrypted-without-decryption/bad-string-data',
    'what is encrypted is applied as the password, as the rule says, and Flux is content',
  ],
  ['schema/unknown-field/bad-variable-in-a-description', 'the variables are in a ConfigMap that is not in git'],
  ['tenancy/cross-namespace-source/bad-release', 'helm-controller refuses it, and says so in its log alone: the release has no condition'],
  ['tenancy/cross-namespace-source/bad-alerts-under-lockdown', 'the controller of the case is not the one that runs'],
]);
