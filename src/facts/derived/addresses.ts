import type { ComposeService, DependencyAddress, Location, Term } from '../../model/index.ts';
import { known, onlyForDevelopment } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { offeredBy, opens, publishedAs, rendered, type Offered } from './offered.ts';

const OFFERED: readonly ComposeService['role'][] = ['database', 'cache', 'queue', 'search', 'storage'];

/** Names of variables that hold addresses for browsers and other people, not for the service. */
const FOR_OTHERS = /EXTERNAL|PUBLIC|FRONTEND|ORIGIN|CORS|CALLBACK|DOMAIN|REDIRECT_UR/i;

/** An address as it is looked for. Parts that are not stated are empty. */
interface Address {
  readonly name: string;
  readonly at: Location;
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
}

const URL =
  /^([a-z][a-z0-9+.-]*):\/\/(?:([^:@/\s]*)(?::([^@\s]*))?@)?([a-z0-9_.-]+)(?::(\d+))?(?:\/([^?\s]*))?/i;

function addressIn(name: string, at: Location, text: string): Address | undefined {
  const match = URL.exec(text);
  if (!match || FOR_OTHERS.test(name)) return undefined;
  const [, scheme = '', user = '', password = '', host = '', port = '', database = ''] = match;
  return { name, at, scheme: scheme.toLowerCase(), user, password, host, port, database };
}

const LOCAL = /^(localhost|127\.0\.0\.1|0\.0\.0\.0)$/;

/** The text that is in force: that of a variable's default where nothing else is said. */
const inForce = (term: Term): string | undefined =>
  term.kind === 'env' ? term.fallback && rendered(term.fallback) : rendered(term);

/** Whether a search engine talks TLS: by default it does, unless security is switched off. */
export const offersPlainHttp = ({ software, environment }: ComposeService): boolean =>
  /opensearch|elasticsearch/.test(software) &&
  Object.entries(environment).some(
    ([name, term]) =>
      (/DISABLE_SECURITY_PLUGIN|plugins\.security\.disabled/.test(name) &&
        /true/i.test(inForce(term) ?? '')) ||
      (/xpack\.security\.enabled/.test(name) && /false/i.test(inForce(term) ?? '')),
  );

/** Two stated texts that differ for certain: a variable on either side may come to the same. */
const differ = (one: string, other: string | undefined): boolean =>
  one !== '' && other !== undefined && one !== other && !one.includes('$') && !other.includes('$');

/** Without the signs that addresses need to be written with. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is wrong with an address of a dependency that the project starts; empty when it fits. */
function flawOf(address: Address, offered: Offered): string {
  const { name, port, scheme, user } = address;
  const { service } = offered;
  if (port !== '' && offered.port !== undefined && Number(port) !== offered.port) {
    const number = Number(port);
    if (publishedAs(offered, number))
      return `${name} looks for it at port ${port}, which is that of the host: in its container it listens on ${offered.port}`;
    if (!opens(offered, number))
      return `${name} looks for it at port ${port}, while it listens on ${offered.port}`;
  }
  if (scheme === 'https' && offersPlainHttp(service))
    return `${name} speaks https to it, while it offers plain http`;
  return offered.isPrepared || user === 'root' ? '' : strangerAt(address, offered);
}

/** Another user, database or password than the description sets up. */
function strangerAt({ name, user, password, database }: Address, offered: Offered): string {
  if (differ(user, offered.user))
    return `${name} signs in as ${user}, while the user there is ${offered.user ?? ''}`;
  if (differ(database, offered.database) && !/TEST/i.test(name))
    return `${name} asks for the database ${database}, while the one there is ${offered.database ?? ''}`;
  if (differ(plain(password), offered.password))
    return `${name} signs in with another password than the one that is set there`;
  return '';
}

interface Project {
  /** The text of its files. */
  readonly text: string;
  readonly offered: readonly Offered[];
}

/** Another name that the files give to something: a container name, an alias, a service for development. */
function isGiven({ text }: Project, host: string): boolean {
  const name = `["']?${host.replace(/[^\w]/g, '\\$&')}["']?`;
  const given = [
    `^\\s*${name}\\s*:`,
    `(container_name|hostname):\\s*${name}\\s*$`,
    `-\\s*(["']?[\\w.-]+:)?${name}\\s*$`,
    `-\\s*${name}[:=]`, // extra_hosts
  ];
  return /external:\s*(true|$)/m.test(text) || given.some(each => new RegExp(each, 'm').test(text));
}

/** One address beside what the project offers; `undefined` when it is none of its dependencies. */
function judged(address: Address, project: Project): DependencyAddress | undefined {
  const { offered } = project;
  const make = (to: Offered, says: string, agrees: 'yes' | 'no'): DependencyAddress => ({
    kind: 'dependencyAddress',
    at: address.at,
    dependency: to.service.name,
    forDevelopment: to.service.stage === 'development',
    agrees,
    says,
    way: agrees === 'no' ? [{ at: to.service.at, says: `offers ${to.service.name}` }] : [],
  });
  const there = offered.find(({ service }) => service.name === address.host);
  if (there) {
    const flaw = flawOf(address, there);
    return flaw === '' ? make(there, `${address.name} fits ${address.host}`, 'yes') : make(there, flaw, 'no');
  }
  const candidates = offered.filter(({ service, schemes, port }) =>
    address.scheme === 'database'
      ? service.role === 'database'
      : port !== undefined && schemes.test(address.scheme),
  );
  const [only] = candidates;
  if (!only || candidates.length > 1 || address.scheme.startsWith('http')) return undefined;
  const { name } = only.service;
  if (LOCAL.test(address.host))
    return make(
      only,
      `${address.name} looks for it at ${address.host}, where in its container nothing listens: the description calls it ${name}`,
      'no',
    );
  return /[.$]/.test(address.host) || isGiven(project, address.host)
    ? undefined
    : make(
        only,
        `${address.name} looks for it under the name ${address.host}, and the description calls it ${name}`,
        'no',
      );
}

const HOST = /^(\w*?)_?(HOST|HOSTNAME|SERVER)$/;

/** `DB_HOST: db` and `DB_PORT: "5433"` are one address in two variables. */
function* inParts(app: ComposeService): Generator<Address> {
  for (const [name, term] of Object.entries(app.environment)) {
    const [, stem] = HOST.exec(name) ?? [];
    const host = inForce(term);
    if (stem === undefined || stem === '' || host === undefined || !/^[\w.-]+$/.test(host)) continue;
    const other = (...ends: readonly string[]): string =>
      ends
        .map(end => app.environment[`${stem}_${end}`])
        .map(each => (each ? (inForce(each) ?? rendered(each) ?? '') : ''))
        .find(Boolean) ?? '';
    const port = other('PORT');
    yield {
      name,
      at: term.at,
      scheme: schemeOf(stem, /^\d+$/.test(port) ? port : ''),
      user: other('USER', 'USERNAME'),
      password: other('PASSWORD', 'PASS'),
      host,
      port: /^\d+$/.test(port) ? port : '',
      database: other('NAME', 'DB', 'DATABASE'),
    };
  }
}

/** What the name of a variable says of the software; empty when it says nothing. */
function schemeOf(stem: string, port: string): string {
  if (/POSTGRES|PG/.test(stem) || port === '5432') return 'postgres';
  if (/MYSQL|MARIA/.test(stem) || port === '3306') return 'mysql';
  if (/REDIS/.test(stem) || port === '6379') return 'redis';
  if (/MONGO/.test(stem) || port === '27017') return 'mongodb';
  if (/RABBIT|AMQP/.test(stem) || port === '5672') return 'amqp';
  return /DB|DATABASE|SQL/.test(stem) ? 'database' : 'unknown';
}

function* stated(app: ComposeService): Generator<Address> {
  for (const [name, term] of Object.entries(app.environment)) {
    const text = inForce(term);
    const address = text === undefined ? undefined : addressIn(name, term.at, text);
    if (address) yield address;
  }
  yield* inParts(app);
}

/** Addresses that code falls back to because the project does not hand over another one. */
function* fallbacks({ facts }: ServiceView, app: ComposeService): Generator<Address> {
  if (app.envFiles.length > 0) return;
  const inImage = new Set(facts.all('image').flatMap(({ environment }) => Object.keys(environment)));
  for (const { term, reached, at } of facts.all('envRead')) {
    const text = term.fallback && rendered(term.fallback);
    if (reached !== 'yes' || term.name in app.environment || inImage.has(term.name) || text === undefined)
      continue;
    const address = addressIn(term.name, at, text);
    const [, stem] = HOST.exec(term.name) ?? [];
    if (address) yield { ...address, name: `${term.name}, which is not handed over,` };
    else if (stem && LOCAL.test(text))
      yield {
        ...{ at, user: '', password: '', port: '', database: '', host: text },
        name: `${term.name}, which is not handed over,`,
        scheme: schemeOf(stem, ''),
      };
  }
}

/** Addresses of dependencies that the app uses, beside the services of the same compose project. */
export default defineExtractor({
  id: 'derived/addresses',
  reads: [
    'composeService',
    'envRead',
    'image',
    'envFileLoad',
    'workload',
    'platformFile',
    'infrastructure',
    'pipelineCommand',
    'pipelineAction',
  ],
  produces: ['dependencyAddress'],
  understands: () => true,
  *extract(view): Generator<DependencyAddress> {
    const { facts } = view;
    const deployed = facts.all('composeService').filter(({ stage }) => stage !== 'development');
    const all = deployed.length > 0 ? deployed : onlyForDevelopment(facts);
    const isLoaded = facts.all('envFileLoad').some(({ at }) => at.path.endsWith('.py'));
    for (const app of all.filter(({ role, networkMode }) => role === 'app' && networkMode === '')) {
      const here = all.filter(each => each.project === app.project);
      const project: Project = {
        text: [...new Set(here.flatMap(({ files }) => files))]
          .map(path => view.repository.file(path)?.text ?? '')
          .join('\n'),
        offered: here.filter(({ role }) => OFFERED.includes(role)).map(offeredBy),
      };
      const addresses = [
        ...stated(app),
        ...(isLoaded || !app.build || known(app.build.context) === undefined ? [] : fallbacks(view, app)),
      ];
      for (const address of addresses) {
        const found = judged(address, project);
        if (found) yield found;
      }
    }
  },
});
