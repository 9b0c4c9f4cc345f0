import type { Credential, Facts, Location, Term } from '../../model/index.ts';
import { connectionStringsIn, isSecretText, literalTexts } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

type Stage = 'production' | 'development' | 'unclear';

/** What a stack for tests is started with opens nothing. */
const FOR_TESTS = /(^|[/_.-])(ci|tests?|testing|e2e|cypress)[/_.-]/i;

function* named(
  name: string,
  term: Term,
  place: Credential['in'],
  stage: Stage,
  at: Location = term.at,
): Generator<Credential> {
  if (FOR_TESTS.test(at.path)) return;
  const isLiteral = term.kind === 'literal';
  for (const text of literalTexts(term)) {
    const how = isSecretText(name, text)
      ? isLiteral
        ? 'literal'
        : 'fallback'
      : connectionStringsIn(text).length > 0
        ? 'connection-string'
        : undefined;
    if (!how) continue;
    yield {
      kind: 'credential',
      at,
      name,
      how,
      in: place,
      reached: 'yes',
      forDevelopment:
        stage === 'development' || /(^|[/_.-])(\.?devcontainer|dev|development|local)[/_.-]/.test(at.path),
    };
    return;
  }
}

function* inDescriptions(facts: Facts): Generator<Credential> {
  for (const { environment, stage } of facts.all('composeService'))
    for (const [name, term] of Object.entries(environment))
      // What an env file holds is said of that file.
      if (/\.ya?ml$/.test(term.at.path)) yield* named(name, term, 'compose', stage);
  for (const { environment, stage } of facts.all('workload'))
    for (const { name, value, from } of environment)
      if (from.kind === 'literal') yield* named(name, value, 'manifest', stage);
  for (const { about, templated } of facts.all('kubernetesObject'))
    if (about.kind === 'values' && !templated)
      for (const { key, value, at } of about.entries) yield* named(key, value, 'manifest', 'unclear', at);
  for (const { environment } of facts.all('platformFile'))
    for (const [name, term] of Object.entries(environment)) yield* named(name, term, 'manifest', 'unclear');
}

function* inScripts({ facts, repository }: ServiceView): Generator<Credential> {
  for (const { path, assignments } of facts.all('script')) {
    const role = repository.file(path)?.role;
    if (role === 'test' || role === 'example') continue;
    for (const { name, value } of assignments) yield* named(name, value, 'script', 'unclear');
  }
}

/** Secrets that compose files, manifests, platform files and scripts hand to what they start. */
export default defineExtractor({
  id: 'derived/deploy-credentials',
  reads: ['composeService', 'workload', 'kubernetesObject', 'platformFile', 'script'],
  produces: ['credential'],
  understands: () => true,
  *extract(view) {
    yield* inDescriptions(view.facts);
    yield* inScripts(view);
  },
});
