import { deliveredSecret, secretOption } from './delivered-secrets.ts';
import type { ComposeService } from './facts/index.ts';
import type { Place } from './location.ts';
import { termsIn, type Term } from './term.ts';

/** Secrets of a compose service that everybody can read: in its variables, arguments of its build, its commands. */
export function composeSecrets(service: ComposeService): readonly Place[] {
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
      return [{ at: term.at, says: `${variable} of ${name} ${what}` }];
    }),
    ...[command, entrypoint].flatMap(each =>
      (each?.commands ?? []).flatMap(words => {
        const option = secretOption(words);
        return each && option
          ? [{ at: each.at, says: `the command of ${name} holds a literal for ${option}` }]
          : [];
      }),
    ),
  ];
}

const isAddress = (term: Term): boolean =>
  [...termsIn(term)].some(each => each.kind === 'literal' && /:\/\//.test(String(each.value)));
