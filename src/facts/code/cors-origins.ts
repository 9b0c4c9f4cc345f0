import type { CorsPolicy, Location, Place, Term, Truth } from '../../model/index.ts';
import { isSelected } from '../../model/index.ts';

export type Delivered = readonly Readonly<Record<string, string | undefined>>[];

/** Which origins a setting lets in, and how one knows. */
export interface Origins {
  readonly origins: CorsPolicy['origins'];
  readonly says: string;
  readonly overridden: boolean;
  /** Literals, the same everywhere. */
  readonly written: boolean;
  /** Where the value stands, when that is another line than the call. */
  readonly at: Location;
}

const ANY = /^(\*|\.\*|\.\+|\^?\.\*\$?|r?https\?:\/\/\.\*|\^?https\?:\/\/\.[*+]\$?|null)$/;

const isAny = (text: string): boolean => text.split(',').some(part => ANY.test(part.trim()));

const answer = (origins: Origins['origins'], says: string, at: Location, overridden = false): Origins => ({
  origins,
  says,
  overridden,
  written: false,
  at,
});

/** What is let in when the setting comes to this term. */
export function originsOf(term: Term, starts: Delivered): Origins {
  switch (term.kind) {
    case 'literal':
      if (term.value === true || (typeof term.value === 'string' && isAny(term.value)))
        return { ...answer('any', 'lets in every origin', term.at), written: true };
      return { ...answer('listed', 'lets in what is written there', term.at), written: true };
    case 'list':
      return worst(
        term.items.map(item => originsOf(item, starts)),
        answer('listed', 'lets in nobody', term.at),
      );
    case 'env':
      return fromVariable(term, starts);
    case 'oneOf':
      return fromChoice(term, starts);
    case 'text':
      return answer('listed', 'lets in what is put together from settings', term.at);
    case 'input':
      return answer('reflected', `lets in whoever asks (${term.source})`, term.at);
    default:
      return answer('unclear', 'takes its origins from what cannot be followed', term.at);
  }
}

function fromVariable(term: Extract<Term, { kind: 'env' }>, starts: Delivered): Origins {
  const given = starts.flatMap(start => start[term.name] ?? []);
  if (given.some(isAny))
    return answer('any', `lets in every origin: production sets ${term.name} to *`, term.at);
  const fallback = term.fallback && originsOf(term.fallback, starts);
  if (fallback?.origins === 'any')
    return answer(
      'any',
      `lets in every origin when ${term.name} is not set`,
      term.at,
      starts.length > 0 && given.length === starts.length,
    );
  return answer('listed', `lets in what ${term.name} names`, term.at);
}

function fromChoice({ options, at }: Extract<Term, { kind: 'oneOf' }>, starts: Delivered): Origins {
  const possible = options.filter(option => isSelected(option.when, starts) !== 'no');
  const all = possible.map(option => ({ when: option.when, found: originsOf(option.term, starts) }));
  // `getattr(config, "X", "*")`: the attribute is there, so that its own fallback is what counts.
  const real = all.filter(({ when, found }) => when !== 'when it is not set' || (all.length === 1 && found));
  const known = real.some(({ found }) => found.origins !== 'unclear') ? real : all;
  // A function of several ends, and nothing says which one is taken.
  const isOpen = known.length > 1 && known.every(({ when }) => when === '');
  if (isOpen && new Set(known.map(({ found }) => found.origins)).size > 1)
    return answer('unclear', 'takes its origins from what cannot be followed', at);
  return worst(
    known.map(({ found }) => ({ ...found, written: false })),
    answer('unclear', 'takes its origins from what cannot be followed', at),
  );
}

const RANK: readonly CorsPolicy['origins'][] = ['listed', 'unclear', 'any', 'reflected'];

const worst = (all: readonly Origins[], otherwise: Origins): Origins =>
  all.reduce(
    (found, each) => (RANK.indexOf(each.origins) > RANK.indexOf(found.origins) ? each : found),
    all[0] ?? otherwise,
  );

/** Whether a switch is on. */
export function isOn(term: Term | undefined): Truth {
  if (!term) return 'no';
  if (term.kind === 'literal') return term.value === true || term.value === 'true' ? 'yes' : 'no';
  return 'unclear';
}

interface PolicyParts {
  readonly at: Location;
  readonly name: string;
  readonly origins: Origins;
  readonly credentials: Truth;
  readonly reached: Truth;
}

export function policyOf({ at, name, origins, credentials, reached }: PolicyParts): CorsPolicy {
  const isElsewhere = origins.at.path !== at.path || origins.at.startLine !== at.startLine;
  const way: readonly Place[] = isElsewhere ? [{ at: origins.at, says: 'the origins stand here' }] : [];
  return {
    kind: 'corsPolicy',
    at,
    name,
    origins: origins.origins,
    says: origins.says,
    overridden: origins.overridden,
    written: origins.written,
    credentials,
    reached,
    way,
  };
}
