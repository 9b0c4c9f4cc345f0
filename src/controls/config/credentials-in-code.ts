import { composeSecrets, type ComposeService, type Credential, type Location } from '../../model/index.ts';
import { absence, defineControl, failOr, lowered, passEvery, place } from '../define.ts';

const WHERE: Readonly<Record<Credential['in'], string>> = {
  code: 'in the code',
  settings: 'in a settings file',
  compose: 'in a compose file',
  manifest: 'in a manifest',
  pipeline: 'in the pipeline',
  'env-file': 'in an env file',
  'env-template': 'in a template, and the code uses the same value',
  document: 'in a document',
  image: 'in a Dockerfile',
  script: 'in a script',
};

function says({ name, how, in: where }: Credential): string {
  switch (how) {
    case 'literal':
      return `${name} is a literal ${WHERE[where]}`;
    case 'fallback':
      return `${name} falls back to a literal ${WHERE[where]}`;
    case 'connection-string':
      return `${name} carries a password ${WHERE[where]}`;
    case 'known-format':
      return where === 'env-template'
        ? `${name} stands in a template, and works for whoever copies it`
        : `${name} stands ${WHERE[where]}`;
  }
}

const lineOf = ({ path, startLine }: Location): string => `${path}:${startLine}`;

/** Lines of compose files that have a control of their own: one mistake is told once. */
const toldElsewhere = (services: readonly ComposeService[]): ReadonlySet<string> =>
  new Set(services.flatMap(composeSecrets).map(({ at }) => lineOf(at)));

/** The same line may be read as code and as text. */
const onePerLine = (found: readonly Credential[]): readonly Credential[] => [
  ...new Map(found.toReversed().map(each => [lineOf(each.at), each])).values(),
];

export default defineControl({
  id: 'config/credentials-in-code',
  title: 'No password, token or private key stands in the repository',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for passwords, tokens, private keys and connection strings with a password as literals or fallbacks in code, manifests, pipelines, scripts and documents. Variables of compose files have a control of their own. Placeholders and test doubles do not count.',
  why: 'Whoever can read the repository, today or in any old copy of it, can use what the credential opens.',
  remedy:
    'Take it out, read it from the environment or a secret store without a fallback, and change it where it is in use: history keeps the old one.',
  sources: ['CATALOG config/credentials-in-code', 'CWE-798', 'OWASP ASVS 5.0 V13.3', '12-factor III'],
  fix: 'auto',
  drill: 'none',
  needs: ['credential', 'composeService'],

  applies: () => true,

  judge: ({ facts }) => {
    const told = toldElsewhere(facts.all('composeService'));
    const findings = onePerLine(facts.all('credential'))
      .filter(each => !told.has(lineOf(each.at)))
      .toSorted((a, b) =>
        a.at.path < b.at.path ? -1 : a.at.path > b.at.path ? 1 : a.at.startLine - b.at.startLine,
      )
      .map(each =>
        each.forDevelopment
          ? lowered(place(each.at, says(each)), 'it is for development on one machine')
          : each.in === 'env-template' && each.how === 'known-format'
            ? lowered(place(each.at, says(each)), 'a template is there to be filled in')
            : place(each.at, says(each)),
      );
    return failOr(
      findings,
      passEvery([
        absence('credential in code, manifests, pipelines and documents', facts.searched('credential')),
      ]),
    );
  },
});
