import type { Location } from '../../../model/index.ts';
import type { Call } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { setUpOf } from '../bodies/multer.ts';
import type { Parser } from '../bodies/parser.ts';
import type { Handler } from '../handler.ts';
import { behind, NO_CALLS, optionOf, type Calls, type Filled } from './filled.ts';
import { isOfNest, nestRouting, type NestHandler } from './handlers.ts';
import { itemsOf } from './lists.ts';
import { argumentsOf, marksOf, named } from './marks.ts';
import { classPut } from './put-classes.ts';

/** Interceptors that take files out of a request with multer, and where their options stand. */
const OPTIONS_AT: Readonly<Record<string, number>> = {
  FileInterceptor: 1,
  FilesInterceptor: 2,
  FileFieldsInterceptor: 1,
  AnyFilesInterceptor: 0,
};
const OF_MULTER =
  /^(@nestjs\/platform-express|@nest-lab\/fastify-multer|@webundsoehne\/nest-fastify-file-upload)\b/;
const MODULE = /\bFastifyMulterModule\.|\bMulterModule\./;

/** An interceptor that takes files; its call may stand inside of an own function that makes it. */
interface Taking {
  readonly call: Call;
  readonly filled: Filled;
  readonly what: string;
}

/** `@UseInterceptors(FileInterceptor("photo"))`, and the pipes that its files go through. */
export function nestParserFor(node: CodeView, handler: Handler): Parser | undefined {
  if (!isOfNest(handler) || !handler.function) return undefined;
  const pipes = pipesOf(node, handler.function);
  if (!pipes) return undefined;
  const taking = takingOf(node, handler);
  const own = taking && ownOptions(taking);
  const module = taking ? moduleOptions(node, handler) : 'none';
  const option = (name: string): Filled | undefined =>
    optionOf(node, own, name) ?? (typeof module === 'object' ? optionOf(node, module, name) : undefined);
  const setUp = setUpOf(node, option);
  return {
    at: taking ? node.at(taking.filled.scope, taking.call) : pipes.at,
    takenAt: pipes.at,
    what: taking?.what ?? 'a file',
    ...setUp,
    limits: setUp.limits ?? pipes.limits,
    typed: pipes.typed,
    looked: pipes.looked,
    asks: pipes.asks,
    isOpen: !taking || module === 'open' || !isFollowed(node, own) || pipes.isOpen,
  };
}

/** The interceptor that takes the files of a route; `undefined` for one that cannot be followed. */
function takingOf(node: CodeView, { marks }: NestHandler): Taking | undefined {
  const all = [...marks.method, ...marks.class];
  for (const mark of named(all, 'UseInterceptors'))
    for (const given of argumentsOf(node, mark)) {
      const found = takingIn(node, given);
      if (found) return found;
    }
  for (const outer of new Set(all.map(mark => mark.outer))) {
    const made = takingInside(node, { ...outer, calls: NO_CALLS });
    if (made) return made;
  }
  return undefined;
}

function takingIn(node: CodeView, given: Filled): Taking | undefined {
  const found = behind(node, given);
  if (found === 'absent' || found.expression.kind !== 'call') return undefined;
  return takes(node, found, found.expression) ?? takingInside(node, found);
}

function takes(node: CodeView, filled: Filled, call: Call): Taking | undefined {
  const name = node.nameOf(call.callee, filled.scope);
  const what = lastNameOf(call.callee);
  return OF_MULTER.test(name) && Object.hasOwn(OPTIONS_AT, what) ? { call, filled, what } : undefined;
}

/** `LocalFile({ folder: "photos" })`, an own function or class that makes such an interceptor. */
function takingInside(node: CodeView, given: Filled): Taking | undefined {
  const { expression } = given;
  if (expression.kind !== 'call') return undefined;
  const made = node.resolve(expression.callee, given.scope);
  if (made?.kind !== 'function') return undefined;
  const calls: Calls = new Map([...given.calls, [made.definition, { ...given, call: expression }]]);
  for (const { call, scope } of node.code.search.callsInside(made.definition)) {
    const found = takes(node, { expression: call, scope, calls }, call);
    if (found) return found;
  }
  return undefined;
}

function ownOptions({ call, filled, what }: Taking): Filled | undefined {
  const value = call.args[OPTIONS_AT[what] ?? 0]?.value;
  return value && { ...filled, expression: value };
}

/** Whether options are written down somewhere; none are. */
function isFollowed(node: CodeView, options: Filled | undefined): boolean {
  const found = options && behind(node, options);
  return !found || found === 'absent' || found.expression.kind === 'dictionary';
}

/** What `MulterModule` is registered with in the module of the controller. */
function moduleOptions(node: CodeView, { controller }: NestHandler): Filled | 'open' | 'none' {
  for (const { controllers, imports } of nestRouting(node).modules) {
    const isOwn = controllers.some(item => {
      const of = node.resolve(item.expression, item.scope);
      return of?.kind === 'class' && of.definition === controller;
    });
    if (!isOwn) continue;
    for (const item of imports) {
      const found = behind(node, item);
      if (found === 'absent' || found.expression.kind !== 'call') continue;
      const { callee, args } = found.expression;
      const name = node.nameOf(callee, found.scope);
      const [first] = args;
      if (!MODULE.test(name) || !first) continue;
      const options = { ...found, expression: first.value };
      return name.endsWith('.register') ? options : (made(node, options) ?? 'open');
    }
  }
  return 'none';
}

/** `registerAsync({ useFactory: config => ({ limits: … }) })` */
function made(node: CodeView, options: Filled): Filled | undefined {
  const factory = optionOf(node, options, 'useFactory');
  const found = factory && behind(node, factory);
  if (!found || found === 'absent' || found.expression.kind !== 'function') return undefined;
  const scope = found.scope.inner(found.expression);
  return resultsIn(found.expression)
    .map(expression => ({ ...found, expression, scope }))
    .find(each => {
      const result = behind(node, each);
      return result !== 'absent' && result.expression.kind === 'dictionary';
    });
}

interface Pipes extends Pick<Parser, 'limits' | 'typed' | 'looked' | 'asks' | 'isOpen'> {
  /** The parameter that gets the files. */
  readonly at: Location;
}

/** What the files of a method go through; `undefined` for a method that takes none. */
function pipesOf(node: CodeView, { definition, scope }: FunctionEntity): Pipes | undefined {
  for (const parameter of definition.params) {
    const [mark] = named(marksOf(node, parameter, scope), 'UploadedFile', 'UploadedFiles');
    if (!mark) continue;
    const checks = argumentsOf(node, mark).flatMap(pipe => checksOf(node, pipe));
    const first = (what: Check['what']) => checks.find(each => each.what === what)?.at;
    return {
      at: node.at(scope, parameter),
      limits: first('size'),
      typed: first('type') ?? first('content'),
      looked: first('content'),
      asks: checks.flatMap(each => each.asks ?? []),
      isOpen: checks.some(({ what }) => what === 'unknown'),
    };
  }
  return undefined;
}

interface Check {
  readonly what: 'size' | 'type' | 'content' | 'own' | 'unknown';
  readonly at: Location;
  readonly asks: FunctionEntity | undefined;
}

/** A pipe made by functions of functions deeper than this is in a circle. */
const DEEPEST = 4;

/** `new ParseFilePipe({ validators: […] })`, `new ParseFilePipeBuilder().addMaxSizeValidator(…).build()`, an own pipe. */
function checksOf(node: CodeView, pipe: Filled, depth = 0): readonly Check[] {
  const found = behind(node, pipe);
  if (found === 'absent' || found.expression.kind === 'string') return [];
  const { expression, scope } = found;
  const own = ownCheck(node, found, 'transform');
  if (own) return [own];
  const unknown: Check = { what: 'unknown', at: node.at(scope, expression), asks: undefined };
  if (expression.kind !== 'call') return [unknown];
  const [given] = expression.args;
  if (given && depth <= DEEPEST && node.nameOf(expression.callee, scope) === '@nestjs/common.mixin')
    return checksOf(node, { ...found, expression: given.value }, depth + 1);
  const made = node.resolve(expression.callee, scope);
  if (made?.kind === 'function') {
    const calls: Calls = new Map([...found.calls, [made.definition, { ...found, call: expression }]]);
    const inside = node.code.resolver.insideOf(made);
    return depth > DEEPEST
      ? [unknown]
      : resultsIn(made.definition).flatMap(result =>
          checksOf(node, { expression: result, scope: inside, calls }, depth + 1),
        );
  }
  const word = lastNameOf(expression.callee);
  if (word === 'ParseFilePipe') {
    const [first] = expression.args;
    const list = first && optionOf(node, { ...found, expression: first.value }, 'validators');
    return list ? itemsOf(node, list).flatMap(item => validatorOf(node, item)) : [];
  }
  // The calls of a builder stand in a row.
  const { callee, args } = expression;
  if (word === 'ParseFilePipeBuilder') return [];
  const before =
    callee.kind === 'attribute' ? checksOf(node, { ...found, expression: callee.object }, depth) : [unknown];
  const [first] = args;
  if (word === 'addValidator' && first)
    return [...before, ...validatorOf(node, { ...found, expression: first.value })];
  const what = whatChecks(word, node.textOf(scope, expression));
  return what ? [...before, { what, at: node.at(scope, expression), asks: undefined }] : before;
}

function validatorOf(node: CodeView, item: Filled): readonly Check[] {
  const found = behind(node, item);
  if (found === 'absent') return [];
  const own = ownCheck(node, found, 'isValid');
  if (own) return [own];
  const { expression, scope } = found;
  const word = expression.kind === 'call' ? lastNameOf(expression.callee) : '';
  const what = whatChecks(word, node.textOf(scope, expression));
  return what ? [{ what, at: node.at(scope, expression), asks: undefined }] : [];
}

/** That of types looks at the first bytes too, unless it is told not to. */
function whatChecks(word: string, text: string): Check['what'] | undefined {
  if (/^(MaxFileSizeValidator|addMaxSizeValidator)$/.test(word)) return 'size';
  if (!/^(FileTypeValidator|addFileTypeValidator)$/.test(word)) return undefined;
  return /skipMagicNumbersValidation:\s*true/.test(text) ? 'type' : 'content';
}

function ownCheck(node: CodeView, given: Filled, method: string): Check | undefined {
  const of = classPut(node, given);
  const asks = of && node.code.resolver.member({ kind: 'object', of, made: undefined }, method);
  return asks?.kind === 'function'
    ? { what: 'own', at: node.at(given.scope, given.expression), asks }
    : undefined;
}
