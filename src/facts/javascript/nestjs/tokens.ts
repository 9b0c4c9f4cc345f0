import type { SigningKey, Term, TokenUse, Truth, Value } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import { resultsIn } from '../../code/results.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { argumentOf, optionOf } from '../fastify/instances.ts';
import { checkedBy } from '../jwt/checked.ts';
import { unwrapped } from '../jwt/unwrapped.ts';
import { verifying } from '../jwt/verified.ts';

const JWT = '@nestjs/jwt';

/** What `JwtModule.register({ … })` is given, and what the factory of `registerAsync` gives back. */
function optionsOf(view: CodeView, site: CallSite): Written | undefined {
  const given = argumentOf(site, 0);
  const factory = optionOf(view, given, 'useFactory');
  if (!factory) return given;
  const of = view.resolve(factory.expression, factory.scope);
  if (of?.kind !== 'function') return undefined;
  const [expression] = resultsIn(of.definition);
  return expression && { expression, scope: view.code.resolver.insideOf(of) };
}

interface Signing {
  readonly site: CallSite;
  readonly options: Written | undefined;
}

const modulesIn = (view: CodeView): readonly Signing[] =>
  view
    .calls(`${JWT}.JwtModule.register`, `${JWT}.JwtModule.registerAsync`)
    .map(site => ({ site, options: optionsOf(view, site) }));

/** `super({ secretOrKey })` in a class that extends `PassportStrategy(Strategy)` of passport-jwt. */
export const strategiesIn = (view: CodeView): readonly Signing[] =>
  view.calls('@nestjs/passport.PassportStrategy').flatMap(base => {
    const [strategy] = base.call.args;
    if (!strategy || view.nameOf(strategy.value, base.scope) !== 'passport-jwt.Strategy') return [];
    const of = view
      .classes()
      .find(({ definition }) => definition.bases.some(({ value }) => value === base.call));
    return (of?.definition.body ?? []).flatMap(member =>
      member.kind === 'function' && member.name === 'constructor'
        ? view.code.search
            .callsInside(member)
            .filter(({ call }) => call.callee.kind === 'name' && call.callee.name === 'super')
            .map(site => ({ site, options: argumentOf(site, 0) }))
        : [],
    );
  });

/** `jwt.sign(payload, { secret, expiresIn })` */
const signaturesIn = (view: CodeView): readonly Signing[] =>
  view
    .calls(...['sign', 'signAsync', 'verify', 'verifyAsync'].map(word => `${JWT}.JwtService().${word}`))
    .map(site => ({ site, options: argumentOf(site, 1) }));

function* keysIn(
  view: CodeView,
  signings: readonly Signing[],
  isChecked: (term: Term) => Truth,
): Generator<SigningKey> {
  const seen = new Set<string>();
  for (const { site, options } of signings) {
    const key = ['secret', 'secretOrKey', 'privateKey']
      .map(name => optionOf(view, options, name))
      .find(each => each !== undefined);
    if (!key || /public/i.test(view.textOf(key.scope, key.expression))) continue;
    const term = unwrapped(view.evaluate(key.expression, key.scope));
    const at = view.at(site.scope, site.call);
    const own = term.kind === 'literal' || term.kind === 'env' ? term.at : at;
    const id = `${own.path}:${own.startLine}`;
    if (seen.has(id)) continue;
    seen.add(id);
    yield {
      kind: 'signingKey',
      at: own,
      purpose: 'token',
      name: term.kind === 'env' ? term.name : 'the key',
      term,
      reached: view.reached(site),
      when: '',
      way: [{ at, says: 'signs with it' }],
      checkedAtStart: isChecked(term),
    };
  }
}

/** What the module says for all tokens, when all modules say the same. */
function usualExpiry(view: CodeView, modules: readonly Signing[]): Value<boolean> {
  if (modules.length === 0) return stated(false);
  const all = modules.map(({ options }): Truth => {
    if (!options) return 'unclear';
    const signing = optionOf(view, options, 'signOptions');
    if (!signing) return /\.\.\./.test(view.textOf(options.scope, options.expression)) ? 'unclear' : 'no';
    if (optionOf(view, signing, 'expiresIn')) return 'yes';
    const { expression } = signing;
    return expression.kind === 'dictionary' && expression.entries.every(({ key }) => key !== undefined)
      ? 'no'
      : 'unclear';
  });
  const [first] = all;
  return first === undefined || first === 'unclear' || all.some(each => each !== first)
    ? unclear('what JwtModule says for all tokens cannot be told')
    : stated(first === 'yes');
}

function expiryOf(view: CodeView, site: CallSite, usual: Value<boolean>): Value<boolean> {
  if (/\bexp\b|expiresIn/.test(view.textOf(site.scope, site.call))) return stated(true);
  const [payload, options] = [argumentOf(site, 0), argumentOf(site, 1)];
  const isOpen = (each: Written | undefined): boolean => {
    const term = each && view.evaluate(each.expression, each.scope);
    return term !== undefined && (term.kind !== 'object' || term.open);
  };
  if (usual.state === 'stated' && usual.value) return usual;
  return isOpen(payload) || isOpen(options) ? unclear('its options cannot be followed') : usual;
}

function* usesIn(view: CodeView, modules: readonly Signing[]): Generator<TokenUse> {
  const usual = usualExpiry(view, modules);
  for (const site of view.calls(`${JWT}.JwtService().sign`, `${JWT}.JwtService().signAsync`))
    yield {
      kind: 'tokenUse',
      at: view.at(site.scope, site.call),
      does: 'sign',
      expires: expiryOf(view, site, usual),
      flaw: '',
      reached: view.reached(site),
    };
  for (const site of view.calls(`${JWT}.JwtService().verify`, `${JWT}.JwtService().verifyAsync`))
    yield verifying(view, site, argumentOf(site, 1));
  for (const { site, options } of strategiesIn(view)) yield verifying(view, site, options);
}

/** Keys and ends of tokens of @nestjs/jwt, and of strategies of passport-jwt. */
export default defineExtractor({
  id: 'javascript/nestjs/tokens',
  reads: ['settingCheck'],
  produces: ['signingKey', 'tokenUse'],
  understands: hasNode,
  *extract({ node, facts }): Generator<SigningKey | TokenUse> {
    if (!node.imports('@nestjs/jwt', '@nestjs/passport')) return;
    const modules = modulesIn(node);
    yield* keysIn(
      node,
      [...modules, ...strategiesIn(node), ...signaturesIn(node)],
      checkedBy(facts.all('settingCheck')),
    );
    yield* usesIn(node, modules);
  },
});
