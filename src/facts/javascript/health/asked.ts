import type { DependencyCheck, DependencyKind, Truth } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** How deep own functions are followed from the route. */
const DEEPEST = 4;

/** What is asked, by the last word of the call and then by the text or canonical name of what it belongs to. */
const ASKS: readonly (readonly [RegExp, RegExp, DependencyKind])[] = [
  [/^(pingCheck|isHealthy)$/, /typeorm|prisma|sequelize|mikroorm|knex|database|postgres|mysql|(^|[ .])db\b/i, 'sql'],
  [/^(pingCheck|isHealthy|checkHealth)$/, /mongo/i, 'mongodb'],
  [/^(pingCheck|isHealthy|checkHealth)$/, /redis|cache/i, 'redis'],
  [/^(pingCheck|responseCheck)$/, /http/i, 'service'],
  [/^(pingCheck|responseCheck|isHealthy)$/, /./, 'other'],
  [/^(ping|info|get|set|exists|time|echo)$/, /redis|valkey|(^|[ ._])cache\b/i, 'redis'],
  [/^(ping|command|serverStatus|listCollections|listDatabases|findOne|estimatedDocumentCount|asPromise)$/, /mongo|\.admin\b|admin\(\)/i, 'mongodb'],
  [/^(ping|info|health|isHealthy)$/, /elastic|opensearch|meili|typesense|cluster/i, 'search'],
  [/^(ping|checkQueue|checkExchange|getJobCounts|isPaused|describeCluster|listTopics|client|getQueueAttributes)$/, /amqp|rabbit|kafka|queue|bull|channel|sqs/i, 'queue'],
  [/^(query|execute|raw|\$queryRaw|\$queryRawUnsafe|\$executeRaw|\$executeRawUnsafe|authenticate|connect|\$connect|one|oneOrNone|any|none|select|selectOne|findFirst|findOne|count|first|run|get|all|prepare|ping|getConnection|isConnected|unsafe|acquire)$/, /prisma|sequelize|knex|pool|client|\bdb\b|database|dataSource|connection|\borm\b|\bpg\b|mysql|postgres|sqlite|drizzle|kysely|entityManager|\bem\b|repository|slonik/i, 'sql'],
  [/^(get|post|head|request|fetch)$/, /^(axios|got|ky|undici|fetch|http|https|superagent|node-fetch|\S*httpService)\b/i, 'service'],
  [/^ping$/, /./, 'other'],
]; // prettier-ignore

/** Members that say how a connection is, without a call. */
const STATES: readonly (readonly [RegExp, DependencyKind])[] = [
  [/\bmongoose\.connection\.readyState\b|\bconnection\.readyState\b/, 'mongodb'],
  [/\b\w*[rR]edis\w*\.(status|isReady|isOpen)\b/, 'redis'],
  [/\b\w*[dD]ataSource\.isInitialized\b/, 'sql'],
];

const ASKS_NOBODY =
  /process\.env|^(req|request|ctx|c)\b(?!\.(server|app)\b)|\bheaders\b|\bparams\b|config|settings|\blog(ger)?\b|^(res|reply|response|app|server|router|fastify)\s*$|\bMap\(\)|URLSearchParams/i;

function checkOf(node: CodeView, site: CallSite): DependencyCheck | undefined {
  const { callee } = site.call;
  const word = lastNameOf(callee);
  const name = node.nameOf(callee, site.scope);
  const says = node.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 60);
  const at = node.at(site.scope, site.call);
  if (callee.kind === 'name') {
    if (/^postgres\(\)/.test(name) || word === 'sql') return { of: 'sql', at, says };
    return /^(fetch|node-fetch|got|ky|axios)$/.test(name) ? { of: 'service', at, says } : undefined;
  }
  if (callee.kind !== 'attribute') return undefined;
  const object = says.slice(0, -word.length - 1);
  if (ASKS_NOBODY.test(object)) return undefined;
  const found = ASKS.find(([words, of]) => words.test(word) && (of.test(object) || of.test(name)));
  return found && { of: found[2], at, says };
}

/** What is found behind a health route. */
export interface Asked {
  readonly checks: readonly DependencyCheck[];
  /** Whether its answer is an error when a check fails. */
  readonly reports: Truth;
  /** What it calls and reading cannot follow; empty for nothing. */
  readonly open: string;
}

interface Followed {
  readonly checks: DependencyCheck[];
  readonly texts: string[];
  readonly seen: Set<FunctionDefinition>;
  open: string;
}

/** Own helpers that are not followed and are called as if they checked something. */
const CHECKS = /check|health|ping|ready|alive|probe/i;
const OF_ANSWERS = /^(res|reply|response|ctx|c|NextResponse|Response)\b/;

function follow(node: CodeView, of: FunctionEntity, found: Followed, depth: number): void {
  if (found.seen.has(of.definition) || depth > DEEPEST) return;
  found.seen.add(of.definition);
  const text = node.textOf(of.scope, of.definition);
  found.texts.push(text);
  for (const [pattern, kind] of STATES) {
    const says = pattern.exec(text)?.[0];
    if (says) found.checks.push({ of: kind, at: node.at(of.scope, of.definition.head), says });
  }
  for (const site of node.code.search.callsInside(of.definition)) {
    const { callee, args } = site.call;
    const entity = node.resolve(callee, site.scope);
    if (entity?.kind === 'function') follow(node, entity, found, depth + 1);
    else see(node, site, found);
    for (const { value } of args) {
      const given = value.kind === 'function' ? undefined : node.resolve(value, site.scope);
      if (given?.kind === 'function') follow(node, given, found, depth + 1);
    }
  }
}

function see(node: CodeView, site: CallSite, found: Followed): void {
  const check = checkOf(node, site);
  const { callee } = site.call;
  const word = lastNameOf(callee);
  const text = node.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 60);
  if (check) found.checks.push(check);
  else if (CHECKS.test(word) && !/^[A-Z]|^is[A-Z]|^checkout/.test(word) && !OF_ANSWERS.test(text))
    if (!/^@nestjs\/terminus\./.test(node.nameOf(callee, site.scope))) found.open = text;
}

const ERROR_STATUS =
  /\b5\d\d\b|SERVICE_UNAVAILABLE|INTERNAL_SERVER_ERROR|ServiceUnavailable|InternalServerError|\bnext\(\s*\w+\s*\)|terminus|HealthCheck\b/;
const CATCHES = /\bcatch\s*(\([^)]*\)\s*)?\{|\.catch\(|allSettled/;

/** Whether the answer tells by its status that a check failed. An error that nobody catches does so by itself. */
function reportsOf({ texts, checks, open }: Followed): Truth {
  if (texts.some(text => ERROR_STATUS.test(text))) return 'yes';
  if (checks.length === 0) return open === '' ? 'yes' : 'unclear';
  const isCaught = texts.some(text => CATCHES.test(text) && !/\bthrow\b/.test(text));
  if (!isCaught) return 'yes';
  return open === '' ? 'no' : 'unclear';
}

/** Functions followed down to what they ask. */
export function askedBy(node: CodeView, ...functions: readonly FunctionEntity[]): Asked {
  const found: Followed = { checks: [], texts: [], seen: new Set(), open: '' };
  for (const each of functions) follow(node, each, found, 0);
  return { checks: found.checks, reports: reportsOf(found), open: found.open };
}
