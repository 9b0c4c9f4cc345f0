import type { Credential, Facts } from '../../model/index.ts';
import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

type Kinds = 'workload' | 'kubernetesObject' | 'credential';

/** With the files that an overlay adds: their values stand in objects of other files. */
const manifestsOf = (facts: Facts<Kinds>): ReadonlySet<string> =>
  new Set(
    [
      ...facts.all('workload').flatMap(each => [each, ...each.environment]),
      ...facts
        .all('kubernetesObject')
        .flatMap(each => [each, ...(each.about.kind === 'values' ? each.about.entries : [])]),
    ].map(({ at }) => at.path),
  );

const saysOf = ({ name, how }: Credential): string =>
  how === 'connection-string'
    ? `${name} carries a password in a manifest`
    : `${name} is a literal in a manifest`;

/** A variable and the text of its value are one secret. */
const outermost = (all: readonly Credential[]): readonly Credential[] =>
  all.filter(
    ({ at }) =>
      !all.some(
        ({ at: other }) =>
          other.path === at.path && other.startLine < at.startLine && at.endLine <= other.endLine,
      ),
  );

export default defineControl({
  id: 'k8s/secrets',
  title: 'Manifests hold no secret',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks for secrets as literals in the variables of containers, in ConfigMaps and as real values in committed Secrets. Placeholders and templates do not count.',
  why: 'Base64 is no lock: whoever reads the repository has the password that production uses.',
  remedy:
    'Refer to a Secret that is made outside of the repository (External Secrets, Sealed Secrets, SOPS, a CSI driver), and change the value that was committed.',
  sources: ['CATALOG k8s/secrets', 'Kubernetes: Good practices for Secrets', 'CWE-798'],
  fix: 'auto',
  drill: 'none',
  needs: ['workload', 'kubernetesObject', 'credential'],

  applies: ({ facts }) => manifestsOf(facts).size > 0 || 'there are no Kubernetes manifests',

  judge: ({ facts }) => {
    const manifests = manifestsOf(facts);
    const found = outermost(
      facts.all('credential').filter(each => each.in === 'manifest' && manifests.has(each.at.path)),
    );
    return failOr(
      found.map(each =>
        each.forDevelopment
          ? lowered(place(each.at, saysOf(each)), 'it is for development on one machine')
          : place(each.at, saysOf(each)),
      ),
      passEvery([absence('secret in the manifests', [...manifests].sort())]),
    );
  },
});
