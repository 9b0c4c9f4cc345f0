import {
  isPlaceholder,
  literalTexts,
  secretFlaw,
  type Finding,
  type SigningKey,
  type StartPath,
} from '../../model/index.ts';
import {
  defineControl,
  failOr,
  followed,
  lowered,
  onProductionPath,
  passEvery,
  place,
  unknown,
} from '../define.ts';

/** `development [SHOP_ENV, default]` names a choice, the variable that makes it, and what applies without it. */
const inWords = (when: string): string =>
  when.replace(/ \[(\w+), default\]$/, ', the default of $1').replace(/ \[\w+\]$/, '');

/** The environments in which the same line gives the key; `undefined` when an earlier one speaks for this one. */
function others(key: SigningKey, keys: readonly SigningKey[]): readonly string[] | undefined {
  const same = keys.filter(
    each =>
      each.at.path === key.at.path &&
      each.at.startLine === key.at.startLine &&
      each.name === key.name &&
      secretFlaw(each.term) === secretFlaw(key.term),
  );
  return same[0] === key ? same.map(each => inWords(each.when)).filter(when => when !== '') : undefined;
}

/** One of several settings that may be in force, and another one is sound. */
const isOnlyPossible = (key: SigningKey, keys: readonly SigningKey[]): boolean =>
  key.reached === 'unclear' &&
  key.when !== '' &&
  keys.some(each => each.name === key.name && secretFlaw(each.term) === undefined);

/** Whether all is known of where a key comes from. */
const isCertain = ({ term }: SigningKey): boolean => term.kind === 'env' || term.kind === 'literal';

const says = (key: SigningKey, when: readonly string[] | undefined): string | undefined => {
  if (!when) return undefined;
  const which = `${key.name}${when.length > 0 ? ` (${when.join(', ')})` : ''}, which signs ${key.purpose}s,`;
  switch (secretFlaw(key.term)) {
    case 'literal':
      return `${which} is a literal in the code`;
    case 'literal-fallback':
      return `${which} falls back to a literal when it is not set`;
    case 'generated':
      return `${which} is generated when the module is loaded: each worker gets its own, and every restart ends all ${key.purpose}s`;
    case 'optional':
      return key.checkedAtStart === 'yes'
        ? undefined
        : `${which} may be missing and nothing stops the start then`;
    default:
      return undefined;
  }
};

/** A deploy file that hands over a literal is a fallback too, and the one in force. */
function defaultsFor(key: SigningKey, paths: readonly StartPath[]): readonly Finding[] {
  const { term } = key;
  if (term.kind !== 'env') return [];
  return paths
    .filter(({ command }) => command.stage !== 'development')
    .flatMap(({ command }) => {
      const given = command.environment[term.name];
      return given && literalTexts(given).some(text => !isPlaceholder(text))
        ? [
            followed(place(given.at, `${term.name}, which signs ${key.purpose}s, gets a literal from here`), [
              { at: key.at, says: `is read as ${key.name}` },
            ]),
          ]
        : [];
    });
}

export default defineControl({
  id: 'config/app-secret',
  title: 'The signing key comes from the environment and is required',
  severity: 'critical',
  stage: 'stable',
  asks: 'Asks where the key that signs sessions and tokens comes from: the environment or a secret store, without a literal or generated fallback, and a missing value must stop the start.',
  why: 'Whoever knows the key signs a session for any user, the administrator included. A literal is known to everybody who can read the code.',
  remedy:
    'Read the key from the environment without a fallback, stop the start when it is missing, and make a new one for production.',
  sources: ['CATALOG config/app-secret', 'OWASP ASVS 5.0 V13.3', '12-factor III'],
  fix: 'auto',
  drill: 'start-without-secret',
  needs: ['signingKey', 'startPath'],

  applies: ({ facts }) => facts.has('signingKey') || 'it signs no sessions or tokens',

  judge: ({ facts }) => {
    const keys = onProductionPath(facts.all('signingKey'));
    const findings = keys.flatMap((key): Finding[] => {
      const text = says(key, others(key, keys));
      if (!text) return [];
      const finding = followed(place(key.at, text), key.way);
      return [
        isOnlyPossible(key, keys)
          ? lowered(finding, 'whether production selects these settings cannot be told')
          : finding,
      ];
    });
    const delivered = keys.flatMap(key => defaultsFor(key, facts.all('startPath')));
    const open = keys.find(key => !isCertain(key));
    if (findings.length + delivered.length === 0 && (keys.length === 0 || open))
      return unknown(
        open
          ? `${open.at.path}:${open.at.startLine} sets ${open.name} in a way that cannot be followed`
          : 'no key is set on a production path',
      );
    return failOr(
      [...findings, ...delivered],
      passEvery(keys.map(key => place(key.at, `${key.name} comes from the environment and is required`))),
    );
  },
});
