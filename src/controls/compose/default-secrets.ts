import {
  deliveredSecret,
  secretOption,
  termsIn,
  type ComposeService,
  type Finding,
  type Term,
} from '../../model/index.ts';
import { defineControl, failOr, lowered, passEvery, place } from '../define.ts';

/** Secrets in the variables of a service, in the arguments of its build and in its command. */
function secretsOf(service: ComposeService): readonly Finding[] {
  const { name, environment, build, command, entrypoint } = service;
  const variables = [...Object.entries(environment), ...Object.entries(build?.args ?? {})];
  return [
    ...variables.flatMap(([variable, term]) => {
      const how = deliveredSecret(variable, term);
      if (!how) return [];
      // Of an address only a part is secret.
      const what = isAddress(term)
        ? how === 'literal'
          ? 'holds a literal password'
          : 'falls back to a literal password'
        : how === 'literal'
          ? 'is a literal'
          : 'falls back to a literal';
      return [place(term.at, `${variable} of ${name} ${what}`)];
    }),
    ...[command, entrypoint].flatMap(each =>
      (each?.commands ?? []).flatMap(words => {
        const option = secretOption(words);
        return each && option ? [place(each.at, `the command of ${name} holds a literal for ${option}`)] : [];
      }),
    ),
  ];
}

const isAddress = (term: Term): boolean =>
  [...termsIn(term)].some(each => each.kind === 'literal' && /:\/\//.test(String(each.value)));

const rank = ({ stage }: ComposeService): number => (stage === 'development' ? 1 : 0);

export default defineControl({
  id: 'compose/default-secrets',
  title: 'No secret in a compose file is a literal or has a literal default',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for secret values that stand in a compose file, or that apply when nobody sets the variable.',
  why: 'The default is what runs in production when somebody forgets the variable, and everybody can read it.',
  remedy: 'Write ${NAME:?set it} so that a missing value stops the start, or use Docker secrets.',
  sources: ['CATALOG compose/default-secrets', 'OWASP ASVS 5.0 V13.3'],
  fix: 'auto',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) => facts.has('composeService') || 'it has no compose file',

  judge: ({ facts }) => {
    const all = facts.all('composeService');
    // The same file may be used alone and merged into another one: what it is worst for counts.
    const worstFirst = all.toSorted((one, other) => rank(one) - rank(other));
    const findings = worstFirst.flatMap(service =>
      secretsOf(service).map(finding =>
        service.stage === 'development' ? lowered(finding, 'the file is for development') : finding,
      ),
    );
    return failOr(
      findings,
      passEvery(
        all.slice(0, 3).map(service => place(service.at, `${service.name} gets its secrets from outside`)),
      ),
    );
  },
});
