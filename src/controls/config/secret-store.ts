import {
  connectionStringsIn,
  isSecretText,
  literalTexts,
  secretKind,
  type Evidence,
  type Facts,
  type Finding,
} from '../../model/index.ts';
import { absence, defineControl, fail, failOr, pass, place } from '../define.ts';

type Kinds = 'workload' | 'kubernetesObject' | 'platformFile' | 'envRead' | 'signingKey' | 'composeService';

/** Platforms that keep the variables of a service in a store of their own. */
const KEEPS: readonly string[] = [
  'heroku',
  'fly',
  'render',
  'railway',
  'vercel',
  'netlify',
  'app-engine',
  'app-runner',
  'elastic-beanstalk',
  'ecs',
  'cloud-run',
  'digital-ocean',
  'serverless',
];
const STORES =
  /^(ExternalSecret|ClusterExternalSecret|SealedSecret|SecretProviderClass|SecretStore|VaultStaticSecret|VaultDynamicSecret|VaultAuth)$/;

/** What arrives by reference, and by what. */
function references(facts: Facts<Kinds>): readonly Evidence[] {
  const workloads = facts.all('workload');
  return [
    ...workloads.flatMap(({ environment }) =>
      environment.flatMap(({ name, from, at }) =>
        from.kind === 'secret' ? [place(at, `${name} comes from the secret ${from.name}`)] : [],
      ),
    ),
    ...workloads.flatMap(({ volumes }) =>
      volumes.flatMap(({ source, of, at }) =>
        source === 'secret' ? [place(at, `mounts the secret ${of}`)] : [],
      ),
    ),
    ...facts
      .all('kubernetesObject')
      .filter(({ type }) => STORES.test(type))
      .map(({ at, type, name }) => place(at, `${type} ${name} fetches secrets from a store`)),
    ...facts
      .all('platformFile')
      .flatMap(({ references: names, at }) =>
        names.some(name => secretKind(name)) ? [place(at, 'names secrets that the platform keeps')] : [],
      ),
  ];
}

/** Secrets that the description itself writes down. */
function written(facts: Facts<Kinds>): readonly Finding[] {
  const variables = [
    ...facts
      .all('workload')
      .flatMap(({ environment }) => environment.filter(({ from }) => from.kind === 'literal')),
    ...facts
      .all('platformFile')
      .filter(({ platform }) => KEEPS.includes(platform))
      .flatMap(({ environment }) =>
        Object.entries(environment).map(([name, value]) => ({ name, value, at: value.at })),
      ),
  ];
  return variables.flatMap(({ name, value, at }) =>
    literalTexts(value).some(text => isSecretText(name, text) || connectionStringsIn(text).length > 0)
      ? [place(at, `${name} is written into the description instead of being taken from a secret`)]
      : [],
  );
}

export default defineControl({
  id: 'config/secret-store',
  title: 'Secrets reach the service by reference to a secret store',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks how secrets reach the service where it is deployed to an orchestrator or cloud: by reference to a Kubernetes Secret, an external store or the store of the platform.',
  why: 'A store says who may read a secret, keeps it out of the image and the repository, and lets it be changed without a build.',
  remedy: 'Put the secrets into the store of the platform, and name them in the description by reference.',
  sources: ['CATALOG config/secret-store', 'OWASP ASVS 5.0 V13.3', 'Kubernetes documentation: Secrets'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['workload', 'kubernetesObject', 'platformFile', 'envRead', 'signingKey', 'composeService'],

  applies: ({ facts }) => {
    const isDeployed =
      facts.has('workload') || facts.all('platformFile').some(({ platform }) => KEEPS.includes(platform));
    if (!isDeployed) return 'it is described for no orchestrator or cloud';
    const hasSecrets =
      facts.has('signingKey') ||
      facts
        .all('envRead')
        .some(({ term, reached }) => reached !== 'no' && secretKind(term.name) !== undefined) ||
      references(facts).length + written(facts).length > 0;
    return hasSecrets || 'it needs no secrets';
  },

  judge: ({ facts }) => {
    const findings = written(facts);
    const proofs = references(facts);
    if (findings.length > 0 || proofs.length > 0) return failOr(findings, pass(proofs));
    const kept = facts.all('platformFile').filter(({ platform }) => KEEPS.includes(platform));
    if (kept.length > 0)
      return pass(
        kept.map(({ at, platform }) => place(at, `${platform} keeps the variables of the service itself`)),
      );
    return fail(
      facts
        .all('workload')
        .slice(0, 1)
        .map(({ at, container }) => ({
          ...absence('reference to a secret', facts.searched('workload'), at),
          remedy: `Name the secrets of ${container} with secretKeyRef, or fetch them from a store.`,
        })),
    );
  },
});
