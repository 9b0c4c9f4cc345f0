import type { Expression } from '../../../read/syntax.ts';
import type { Module } from '../modules.ts';
import { endsWithinName, isNeverResolved } from './prefixes.ts';

/** What makes a value harmless, seen from the place where it ends. */
export interface Policy {
  readonly id: 'sql' | 'path' | 'address' | 'redirect' | 'markup' | 'query' | 'object';
  /** Calls whose result is harmless here, by the last word of their name. */
  readonly cleans: RegExp;
  /** Members whose value is harmless here: `.name` of a path. */
  readonly harmlessMember: Readonly<Record<Module['language'], RegExp>>;
  /** What a caller sends and yet cannot choose for somebody else, by its description. */
  readonly harmlessInput: RegExp;
  /** Calls of other libraries that hand on what matters here: an address stays in markup. */
  readonly passes: RegExp;
  /** Tests that confine a value when they hold, beside those that confine it everywhere. */
  readonly confines: (test: Expression, mentions: (part: Expression) => boolean, follow: Follow) => boolean;
  /** Tests that confine a value when they do not hold. */
  readonly confinesUnless: (test: Expression, mentions: (part: Expression) => boolean) => boolean;
  /** Tests that confine a value only when all of them came out as they did. */
  readonly confineTogether: (tests: readonly Outcome[], mentions: (part: Expression) => boolean) => boolean;
  /** Names of own functions that check a value for this purpose. */
  readonly checker: RegExp;
  /** What calls of other libraries give: data of the service, or something that cannot be told. */
  readonly results: 'own' | 'unclear';
}

/** Where the value of a name was written, when it was written once. */
export type Follow = (name: Expression) => Expression | undefined;

/** How a test came out. */
export interface Outcome {
  readonly test: Expression;
  readonly holds: boolean;
}

/** Numbers, identifiers made here, digests and dates carry nothing of the caller's text. */
export const HARMLESS =
  /^(int|float|bool|len|round|abs|ord|hash|id|complex|Decimal|UUID|uuid1|uuid4|uuid5|hexdigest|digest|token_hex|token_urlsafe|sha1|sha256|sha512|md5|now|utcnow|today|time|strftime|isoformat|fromisoformat|strptime|timestamp|fromtimestamp|date|datetime|timedelta|isinstance|range|count|randint|choice|b64encode|urlsafe_b64encode|Number|BigInt|Boolean|parseInt|parseFloat|isInteger|randomUUID|randomBytes|randomInt|toISOString|getTime|getFullYear|toFixed|Date|ObjectId|nanoid|uuidv4|createHash|isArray|indexOf|findIndex|trunc|floor|ceil|hashSync|v1|v4|v5|v7|ulid|cuid|createId|toHexString|customAlphabet)$/;

/** Results of these calls are what they were given, in another form. */
export const PASSES =
  /^(str|bytes|list|tuple|set|sorted|reversed|dict|iter|next|repr|format|join|strip|lstrip|rstrip|lower|upper|title|capitalize|replace|split|rsplit|splitlines|partition|rpartition|encode|decode|casefold|copy|deepcopy|get|pop|getlist|keys|values|items|loads|literal_eval|unquote|unquote_plus|urljoin|urlparse|urlsplit|urlunparse|geturl|b64decode|urlsafe_b64decode|Path|PurePath|PosixPath|abspath|realpath|normpath|expanduser|expandvars|resolve|joinpath|with_suffix|with_name|absolute|to_dict|dict|model_dump|cast|zip|enumerate|filter|map|max|min|dedent|cleandoc|text|SQL|get_json|get_data|as_posix|splitext|removeprefix|removesuffix|zfill|ljust|rjust|center|fspath|quote|quote_plus|setdefault|URL|Request|fromkeys|compress|json|form|first|toString|trim|trimStart|trimEnd|toLowerCase|toUpperCase|substring|substr|slice|concat|replaceAll|padStart|padEnd|String|parse|stringify|assign|freeze|entries|fromEntries|flat|flatMap|normalize|decodeURIComponent|encodeURIComponent|at|charAt|from|of|Set|Array|find|reverse|sort|reduce|splice|shift|toSorted|toReversed|URLSearchParams|getAll|href)$/;

const never = (): boolean => false;
const NOTHING = /^$/;

const inBoth = (pattern: RegExp): Policy['harmlessMember'] => ({ python: pattern, javascript: pattern });

const nameIn = (expression: Expression): string =>
  expression.kind === 'call'
    ? nameIn(expression.callee)
    : expression.kind === 'attribute' || expression.kind === 'name'
      ? expression.name
      : '';

export const SQL: Policy = {
  id: 'sql',
  cleans:
    /^(Identifier|Literal|Placeholder|quote_ident|escape_string|escape_identifier|quoted_name|mogrify|bindparam|quote_name|escapeId|escapeIdentifier|escapeLiteral|escape|quoteIdentifier|quoteTable|wrapIdentifier|getTableName|getTablePath)$/,
  harmlessMember: inBoth(
    /^(rowcount|__tablename__|__table__|fullname|lastrowid|length|size|tableName|tablePath|insertId|affectedRows|rowCount)$/,
  ),
  harmlessInput: NOTHING,
  passes: NOTHING,
  confinesUnless: never,
  // `'"' not in name`: what holds no quote cannot end the name that stands in quotes.
  confines: (test, mentions) =>
    test.kind === 'binary' &&
    test.operator === 'not in' &&
    test.left.kind === 'string' &&
    /^["'`;]$/.test(test.left.value) &&
    mentions(test.right),
  confineTogether: never,
  checker: /(allow|valid|safe|permit|whitelist|known|check|sanit|clean|quote)/i,
  results: 'unclear',
};

export const PATH: Policy = {
  id: 'path',
  cleans:
    /^(secure_filename|basename|safe_join|sanitize_\w*|slugify|get_valid_filename|sanitise_\w*|mkdtemp|mkstemp|splitext_only|encodeURIComponent|extname|filenamify|slug|kebabCase|snakeCase|camelCase)$/,
  // Parsers of uploads take the folders away from the name that a browser sends.
  harmlessMember: { python: /^(name|stem|suffix)$/, javascript: /^(originalname|length|size|ext)$/ },
  // Where the parser of an upload put the file, under a name that it made.
  harmlessInput: /^uploaded files? \((.*\.)?(path|filename|destination|tempFilePath|mimetype)\)/,
  passes: NOTHING,
  confineTogether: never,
  confines(test, mentions, follow) {
    if (test.kind === 'call') {
      const word = nameIn(test);
      const object = test.callee.kind === 'attribute' ? test.callee.object : undefined;
      if (word === 'is_relative_to') return object !== undefined && mentions(object);
      if (word === 'startswith' || word === 'startsWith')
        return (
          object !== undefined &&
          mentions(object) &&
          !isNeverResolved(object, follow, word === 'startsWith') &&
          !test.args.some(arg => endsWithinName(arg.value, follow))
        );
      return word === 'any' && test.args.some(arg => mentions(arg.value));
    }
    if (test.kind !== 'binary') return false;
    const sides = [test.left, test.right];
    // `".." not in name`, `base in path.parents`, `commonpath([...]) == base`
    if (test.operator === 'not in')
      return test.left.kind === 'string' && test.left.value.includes('..') && mentions(test.right);
    if (test.operator === 'in')
      return test.right.kind === 'attribute' && test.right.name === 'parents' && mentions(test.right);
    return (
      test.operator === '==' &&
      sides.some(
        side =>
          (/^(commonpath|commonprefix|dirname|parent)$/.test(nameIn(side)) && mentions(side)) ||
          // `name.indexOf("..") === -1`
          (nameIn(side) === 'indexOf' && asksForFolders(side, mentions)),
      )
    );
  },
  // `if (name.includes("..")) return`, `if (relative.startsWith("..")) return`
  confinesUnless: (test, mentions) =>
    (test.kind === 'call' &&
      /^(includes|startsWith)$/.test(nameIn(test)) &&
      asksForFolders(test, mentions)) ||
    (test.kind === 'binary' &&
      /^>=?$/.test(test.operator) &&
      nameIn(test.left) === 'indexOf' &&
      asksForFolders(test.left, mentions)),
  checker: /(path|safe|traversal|inside|within|confin)/i,
  results: 'own',
};

/** A method of a path that is asked for `..` or for a separator. */
const asksForFolders = (call: Expression, mentions: (part: Expression) => boolean): boolean =>
  call.kind === 'call' &&
  call.callee.kind === 'attribute' &&
  mentions(call.callee.object) &&
  call.args.some(({ value }) => value.kind === 'string' && /\.\.|^[/\\]$/.test(value.value));

const HOST = /^(netloc|hostname|host|domain|tld|registered_domain)$/;

/** `url.hostname`, and a name for it. */
function mentionsHost(expression: Expression, follow: Follow, isNamed = false): boolean {
  if (HOST.test(nameIn(expression))) return true;
  const behind = expression.kind === 'name' && !isNamed ? follow(expression) : undefined;
  if (behind) return mentionsHost(behind, follow, true);
  const object =
    expression.kind === 'attribute'
      ? expression.object
      : expression.kind === 'call' && expression.callee.kind === 'attribute'
        ? expression.callee.object
        : undefined;
  return object !== undefined && mentionsHost(object, follow, isNamed);
}

export const ADDRESS: Policy = {
  id: 'address',
  cleans: /^(url_for)$/,
  harmlessMember: inBoth(NOTHING),
  harmlessInput: NOTHING,
  passes: /^(markdown|clean|linkify|sanitize\w*|escape|unescape|Markup)$/,
  confinesUnless: never,
  confineTogether: never,
  confines(test, mentions, follow) {
    if (test.kind === 'binary' && /^(in|==)$/.test(test.operator))
      return [test.left, test.right].some(side => mentionsHost(side, follow) && mentions(side));
    if (test.kind !== 'call' || test.callee.kind !== 'attribute') return false;
    const { object } = test.callee;
    if (/^ends[wW]ith$/.test(test.callee.name)) return mentionsHost(object, follow) && mentions(object);
    if (!/^starts[wW]ith$/.test(test.callee.name) || !mentions(object)) return false;
    // `startswith("https://host/")` fixes the host, `startswith("http")` fixes nothing.
    const given = test.args[0]?.value;
    return given?.kind === 'string'
      ? /^https?:\/\/[^/]+\//.test(given.value)
      : given?.kind === 'name' || given?.kind === 'attribute';
  },
  checker: /(url|host|domain|address|ssrf|allow|safe|valid|public|private|internal)/i,
  results: 'own',
};

export const REDIRECT: Policy = {
  ...ADDRESS,
  id: 'redirect',
  cleans:
    /^(url_for|url_path_for|url_has_allowed_host_and_scheme|reverse|get_safe_\w*|safe_\w*|encodeURIComponent|(get)?[sS]afe[A-Z]\w*)$/,
  harmlessMember: {
    python: /^(path|full_path|url|base_url|host_url|url_root|script_root|endpoint|method|referrer)$/,
    javascript: /^(pathname|baseUrl)$/,
  },
  // Nobody can make the browser of somebody else send these.
  harmlessInput:
    /^(address of the request(?!.*\bsearchParams\b)|host that the caller names|request headers? .*(\b|_)(referr?er|host|forwarded-(host|proto))\b)/i,
  // `//host/` begins with a slash too: only both tests together leave paths of the service.
  confineTogether: (tests, mentions) =>
    tests.some(({ test, holds }) => holds && /^\/(?!\/)/.test(prefixAsked(test, mentions))) &&
    tests.some(({ test, holds }) => !holds && prefixAsked(test, mentions).startsWith('//')),
};

/** The written text of `value.startswith("…")`; empty for another test. */
function prefixAsked(test: Expression, mentions: (part: Expression) => boolean): string {
  if (test.kind !== 'call' || test.callee.kind !== 'attribute' || !/^starts[wW]ith$/.test(test.callee.name))
    return '';
  const given = test.args[0]?.value;
  return mentions(test.callee.object) && given?.kind === 'string' ? given.value : '';
}

export const MARKUP: Policy = {
  id: 'markup',
  cleans:
    /^(escape|clean|sanitize\w*|sanitise\w*|bleach|nh3|linkify|tojson|dumps|csrf_token|conditional_escape|format_html|render_template|url_for|get_template|escape\w*|encode\w*|xss|filterXSS|purify|stripTags|striptags|renderToString|renderToStaticMarkup)$/,
  harmlessMember: inBoth(/^(length|size)$/),
  harmlessInput: NOTHING,
  passes: NOTHING,
  confines: never,
  confinesUnless: never,
  confineTogether: never,
  checker: /(valid|safe|sanit|allow)/i,
  results: 'unclear',
};

export const QUERY: Policy = {
  id: 'query',
  cleans:
    /^(str|int|float|bool|ObjectId|escape|re_escape|String|toString|Number|Boolean|escapeRegExp|escapeStringRegexp|createFromHexString|toLowerCase|toUpperCase|trim|sanitize\w*)$/,
  harmlessMember: inBoth(NOTHING),
  harmlessInput: NOTHING,
  passes: NOTHING,
  confines: never,
  confinesUnless: never,
  confineTogether: never,
  checker: /(valid|safe|sanit|allow|check)/i,
  results: 'own',
};

/** Nothing makes bytes harmless that become objects, but for a signature that was checked before. */
export const OBJECT: Policy = {
  id: 'object',
  cleans: /^(unsign|loads_signed|safe_load|literal_eval)$/,
  harmlessMember: inBoth(NOTHING),
  harmlessInput: NOTHING,
  passes: /^(read|readline|getvalue|open|BytesIO|StringIO|decompress|b64decode|getbuffer|recv|body)$/,
  confines: (test, mentions) =>
    test.kind === 'call' &&
    /compare_digest|verify/.test(nameIn(test)) &&
    test.args.some(arg => mentions(arg.value)),
  confinesUnless: never,
  confineTogether: never,
  checker: /(verif|signature|hmac|digest|allow|whitelist)/i,
  results: 'unclear',
};
