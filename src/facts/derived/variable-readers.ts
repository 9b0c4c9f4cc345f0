import type { Place, SourceFile, Truth } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import type { ServiceView } from '../define.ts';
import { isReadByImages, isReadByOthers } from './read-by-others.ts';

export interface Readers {
  readonly truth: Truth;
  readonly dead: readonly Place[];
}

const isDocument = ({ path }: SourceFile): boolean => /\.(md|rst|txt|adoc)$/.test(path);
const isEnvFile = ({ path }: SourceFile): boolean => /(^|\/)\.?env(\.|$)|\.env(\.|$)/.test(path);
const isCompose = ({ path }: SourceFile): boolean => /compose[\w.-]*\.ya?ml$/.test(path);
const isCode = ({ path }: SourceFile): boolean =>
  /\.([cm]?[jt]sx?|vue|svelte|go|rb|php|java|kt|cs|rs|ex|exs)$/.test(path);

const word = (name: string): string => name.replace(/[^\w]/g, '\\$&');

/** `DB_TYPE=${DB_TYPE:-mysql}` hands a variable on; every other `${DB_TYPE}` of a compose file reads it. */
function isReadInCompose(text: string, name: string): boolean {
  const mentions = new RegExp(`\\$\\$?\\{?${word(name)}\\b`);
  const handsOn = new RegExp(`^\\s*(-\\s*)?["']?${word(name)}["']?\\s*[:=]\\s*["']?\\$\\{?${word(name)}\\b`);
  return text.split('\n').some(line => mentions.test(line) && !handsOn.test(line) && !/^\s*#/.test(line));
}

/** Prefixes with which code takes variables without naming them: `env_prefix="SHOP_"`, `from_prefixed_env()`. */
function prefixesOf(view: ServiceView, sources: readonly string[]): readonly string[] {
  const written = sources.flatMap(text => [
    ...[...text.matchAll(/env_prefix["']?\s*[=:]\s*["']([^"']+)["']/g)].map(([, prefix = '']) => prefix),
    ...[...text.matchAll(/envvar_prefix\s*=\s*["']([^"']+)["']/g)].map(([, prefix = '']) => `${prefix}_`),
  ]);
  const flask = view.python.calls('flask.Flask().config.from_prefixed_env').map(site => {
    const prefix = view.python.args(site).arg(0, 'prefix');
    return prefix?.kind === 'literal' ? `${String(prefix.value)}_` : 'FLASK_';
  });
  return [...written, ...flask];
}

/** Code that hands the whole environment on, or walks over it: any name may be read there. */
const TAKES_ALL =
  /os\.environ\.items\(\)|dict\(os\.environ\)|\*\*os\.environ|environ\.copy\(\)|for \w+ in os\.environ\s*[:\])]|vars\(\)\.update|process\.env\)/;

/** Who reads a variable of this name: code that production reaches, code that it does not reach, scripts, others. */
export function readersOf(view: ServiceView): (name: string, isForImages: boolean) => Readers {
  const { repository, facts, python, service } = view;
  const reads = facts.all('envRead');
  const live = new Set(reads.filter(each => each.reached !== 'no').map(each => each.term.name));
  const nested = [...live].map(name => `${name}__`);
  const files = repository.files.filter(
    file => !isDocument(file) && !isEnvFile(file) && !/lock/.test(file.path),
  );
  const compose = files.filter(isCompose);
  const code = files.filter(isCode);
  const scripts = files.filter(file => !isCompose(file) && !isCode(file) && !file.path.endsWith('.py'));
  const own = new Set(python.paths());
  const sources = files.filter(file => file.path.endsWith('.py') && file.role === 'production');
  /** Python of other services that share the file. */
  const foreign = sources.filter(
    file => !own.has(file.path) && service.root !== '' && !file.path.startsWith(`${service.root}/`),
  );
  const texts = sources.map(({ text }) => text);
  const prefixes = prefixesOf(view, texts);
  const takesAll =
    sources.some(
      file =>
        ['environ', 'vars()', 'process.env'].some(mark => holds(file, mark)) && TAKES_ALL.test(file.text),
    ) || python.calls('builtins.vars').length > 0;
  const handedOn = new Set(
    facts
      .all('composeService')
      .filter(({ role }) => role !== 'app')
      .flatMap(({ environment }) => Object.keys(environment)),
  );

  return (name, isForImages) => {
    const shell = new RegExp(`(\\$\\{?|\\bENV_|\\benv\\.|\\bgetenv\\(['\"])${word(name)}\\b`);
    const whole = new RegExp(`\\b${word(name)}\\b`);
    const quoted = new RegExp(`["'\`]${word(name)}["'\`]`, 'i');
    if (
      live.has(name) ||
      isReadByOthers(name) ||
      (isForImages && (isReadByImages(name) || handedOn.has(name))) ||
      nested.some(start => name.startsWith(start)) ||
      scripts.some(({ text }) => shell.test(text)) ||
      compose.some(({ text }) => isReadInCompose(text, name)) ||
      code.some(({ text }) => whole.test(text))
    )
      return { truth: 'yes', dead: [] };
    const dead = reads
      .filter(each => each.term.name === name)
      .map((each): Place => ({ at: each.at, says: 'reads it, and production does not come by' }));
    // A name that stands in code in another way may be read there.
    const isMentioned = dead.length === 0 && texts.some(text => quoted.test(text));
    const isForeign = foreign.some(({ text }) => new RegExp(`\\b${word(name)}\\b`, 'i').test(text));
    const isPrefixed = prefixes.some(prefix => name.toUpperCase().startsWith(prefix.toUpperCase()));
    return { truth: isMentioned || isForeign || isPrefixed || takesAll ? 'unclear' : 'no', dead };
  };
}
