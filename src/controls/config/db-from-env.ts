import {
  termsIn,
  type DatabaseConnection,
  type Finding,
  type Location,
  type Term,
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

const LOCAL = /^(localhost|127\.0\.0\.1|::1|0\.0\.0\.0|host\.docker\.internal|\(local\)|\.)?$/i;
const SERVERS: readonly string[] = [
  'postgres',
  'mysql',
  'mssql',
  'oracle',
  'mongodb',
  'search',
  'other-server',
  'unclear',
];

interface Flaw {
  readonly part: string;
  readonly how: 'is a literal' | 'falls back to a literal';
  readonly isLocal: boolean;
  readonly at: Location;
}

/** The host in an address that is written out; `undefined` when it has none. */
function hostIn(text: string): string | undefined {
  const url = /^[a-z][\w+.-]*:\/\/(?:[^@/]*@)?([^:/?\s]*)/i.exec(text);
  return url?.[1] ?? /(?:^|;)\s*(?:server|host|data source)\s*=\s*([^;,]*)/i.exec(text)?.[1]?.trim();
}

const isFile = (text: string): boolean => /^(sqlite|duckdb|file:|:memory:)/i.test(text);

/** A literal that says a part: an address only when it names a host. */
function* flawIn(
  part: string,
  { value, at }: Extract<Term, { kind: 'literal' }>,
  how: Flaw['how'],
): Generator<Flaw> {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '' || isFile(text)) return;
  const host = part === 'address' ? hostIn(text) : part === 'host' ? text : undefined;
  if (part !== 'address' || host !== undefined)
    yield { part, how, isLocal: host !== undefined && LOCAL.test(host), at };
}

const FOR_DEVELOPMENT = /\b(dev|development|test|testing|local|debug)/i;

/** What is written down of one part, where the environment should say it. */
function* flawsOf(part: string, term: Term | undefined, isFallback = false): Generator<Flaw> {
  switch (term?.kind) {
    case 'literal':
      yield* flawIn(part, term, isFallback ? 'falls back to a literal' : 'is a literal');
      return;
    case 'env':
      yield* flawsOf(part, term.fallback, true);
      return;
    case 'oneOf':
      for (const { when, term: inner } of term.options)
        if (!FOR_DEVELOPMENT.test(when)) yield* flawsOf(part, inner, isFallback);
      return;
    case 'list':
      for (const item of term.items) yield* flawsOf(part, item, isFallback);
      return;
    case 'object':
      for (const [key, entry] of term.entries)
        if (/host/i.test(key)) yield* flawsOf('host', entry, isFallback);
      return;
    case 'text':
      yield* flawsInText(term);
      return;
    default:
  }
}

/** `f"postgresql://{USER}:{PASSWORD}@{HOST}/shop"`: its variables, and what is written between them. */
function* flawsInText(term: Extract<Term, { kind: 'text' }>): Generator<Flaw> {
  const whole = term.parts.map(part => (part.kind === 'literal' ? String(part.value) : '\0')).join('');
  const host = hostIn(whole.replace(/\?.*$/, ''));
  if (host !== undefined && host !== '' && !host.includes('\0') && !isFile(whole))
    yield { part: 'host', how: 'is a literal', isLocal: LOCAL.test(host), at: term.at };
  for (const part of term.parts) {
    if (
      part.kind !== 'env' ||
      !part.fallback ||
      /PORT|DRIVER|SCHEME|ENGINE|NAME$|_DB$|DATABASE$/i.test(part.name)
    )
      continue;
    for (const flaw of flawsOf(/HOST|SERVER|ADDR/i.test(part.name) ? 'host' : part.name, part.fallback, true))
      yield flaw;
  }
}

function findingFor(connection: DatabaseConnection): readonly Finding[] {
  const flaws = [
    ...flawsOf('address', connection.url),
    ...flawsOf('host', connection.host),
    ...flawsOf('user', connection.user),
    ...flawsOf('password', connection.password),
  ];
  const [first] = flaws;
  if (!first) return [];
  const parts = [...new Set(flaws.map(({ part, how }) => `${part} ${how}`))].join(', ');
  const finding = followed(place(first.at, `${connection.callee} connects to a database whose ${parts}`), [
    { at: connection.at, says: 'connects' },
  ]);
  const hosts = flaws.filter(({ part }) => part === 'address' || part === 'host');
  if (hosts.length > 0 && hosts.every(({ isLocal }) => isLocal))
    return [lowered(finding, 'the host is this machine: a default for development')];
  const isNameOnly = flaws.every(({ part }) => part === 'user' || /USER/i.test(part));
  return [isNameOnly ? lowered(finding, "only the user's name is written down") : finding];
}

/** An address in which nothing can be followed. */
const isOpen = ({ url, host }: DatabaseConnection): boolean =>
  [url, host].every(term => !term || ['unclear', 'call', 'reference'].includes(term.kind));

const readsEnvironment = ({ url, host, user, password }: DatabaseConnection): boolean =>
  [url, host, user, password].some(term => term && [...termsIn(term)].some(each => each.kind === 'env'));

const serversIn = (all: readonly DatabaseConnection[]): readonly DatabaseConnection[] =>
  onProductionPath(all).filter(
    each => SERVERS.includes(each.engine) && (each.engine !== 'unclear' || !isOpen(each)),
  );

export default defineControl({
  id: 'config/db-from-env',
  title: 'Host, user and password of the database come from the environment',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows the address of each database server to where it comes from: host, user and password must come from the environment, without a literal as value or fallback. Local defaults lower the finding.',
  why: 'Another environment needs another build, a fallback connects to a database that nobody meant, and a password in the code is public.',
  remedy:
    'Read the whole address, or its parts, from the environment, and stop the start when it is missing.',
  sources: ['CATALOG config/db-from-env', '12-factor III and IV'],
  fix: 'auto',
  drill: 'none',
  needs: ['databaseConnection'],

  applies: ({ facts }) => {
    const all = onProductionPath(facts.all('databaseConnection'));
    return all.some(each => SERVERS.includes(each.engine)) || 'it uses no database server';
  },

  judge: ({ facts }) => {
    const servers = serversIn(facts.all('databaseConnection'));
    const findings = new Map(
      servers
        .flatMap(findingFor)
        .map(
          finding =>
            [finding.kind === 'place' ? `${finding.at.path}:${finding.at.startLine}` : '', finding] as const,
        ),
    );
    const proven = servers.filter(readsEnvironment);
    if (findings.size === 0 && proven.length === 0)
      return unknown('where the address of the database comes from cannot be followed');
    return failOr(
      [...findings.values()],
      passEvery(proven.map(each => place(each.at, `${each.callee} gets the address from the environment`))),
    );
  },
});
