import type { BodyRead, Truth } from '../../../model/index.ts';
import { both, either, known, routeName } from '../../../model/index.ts';
import type { Parameter } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode, unread, type Unread } from '../../define.ts';
import { behind } from './filled.ts';
import { nestRouting, type NestHandler } from './handlers.ts';
import type { Item } from './lists.ts';
import { argumentsOf, marksOf, named } from './marks.ts';

/** What a pipe looks at. `class`: the rules in the class of the parameter. */
type Rule = 'class' | 'value' | 'unclear' | 'none';

const CONFINES = /^@nestjs\/common\.Parse\w+Pipe$/;
/** They change a value and refuse none. */
const CHANGES = /^@nestjs\/common\.DefaultValuePipe$|trim|transform|sanitiz/i;
const CHECKS = /throw\b|\.(parse|parseAsync|safeParse|validate|validateAsync|validateSync|assert)\(/;

/** The class of a pipe: given as it is, made with `new`, or by a call. */
function ruleOf(view: CodeView, pipe: Item): Rule {
  const found = behind(view, pipe);
  if (found === 'absent') return 'none';
  const entity = view.resolve(found.expression, found.scope);
  const of = entity?.kind === 'class' ? entity : entity?.kind === 'object' ? entity.of : undefined;
  if (of) return ruleOfOwn(view, of);
  const name = (entity?.kind === 'external' ? entity.name : '').replace(/\(\)$/, '');
  if (/(^@nestjs\/common\.|\.)ValidationPipe$|ZodValidationPipe$|I18nValidationPipe$/.test(name))
    return 'class';
  if (CONFINES.test(name)) return 'value';
  return CHANGES.test(name) ? 'none' : 'unclear';
}

function ruleOfOwn(view: CodeView, of: ClassEntity): Rule {
  if (view.isKindOf(of, '@nestjs/common.ValidationPipe')) return 'class';
  return CHECKS.test(view.textOf(of.scope, of.definition)) ? 'value' : 'unclear';
}

const RULES = /^(@nestjs\/)?class-validator\./;
/** Classes that are made of a description, or of other classes with their rules. */
const MADE = /(createZodDto|PartialType|PickType|OmitType|IntersectionType)\(\)$/;

/** Whether the class of a parameter says what is allowed. */
function describes(view: CodeView, of: ClassEntity): Truth {
  const all = [of, ...view.code.resolver.basesOf(of)];
  return either(
    ...all.map((each): Truth => {
      if (each.kind === 'external') return MADE.test(each.name) ? 'yes' : 'no';
      const inside = each.scope.inner(each.definition);
      const marks = each.definition.body.flatMap(member =>
        member.kind === 'assign' || member.kind === 'function' ? marksOf(view, member, inside) : [],
      );
      if (marks.some(({ name }) => RULES.test(name))) return 'yes';
      return marks.some(({ name }) => name === '') ? 'unclear' : 'no';
    }),
  );
}

/** `import type { CreateOrder }`: at run time the class is not there, so that nothing can be held against it. */
const isOnlyType = ({ module }: Scope, name: string): boolean =>
  module.tree.mentions.imports.some(each => each.as === name && each.isType);

interface Checked {
  readonly pipe: Item;
  readonly validated: Truth;
}

/** What each pipe does with a parameter. */
function checksOf(
  view: CodeView,
  parameter: Parameter,
  scope: Scope,
  pipes: readonly Item[],
): readonly Checked[] {
  const { annotation } = parameter;
  const list = annotation?.kind === 'subscript' ? annotation.object : annotation;
  const entity = list && view.resolve(list, scope);
  const of = entity?.kind === 'class' ? entity : undefined;
  const isGone = list?.kind === 'name' && isOnlyType(scope, list.name);
  const byClass = of ? (isGone ? 'unclear' : describes(view, of)) : isFromOutside(entity) ? 'unclear' : 'no';
  const means: Readonly<Record<Rule, Truth>> = {
    class: byClass,
    value: 'yes',
    unclear: 'unclear',
    none: 'no',
  };
  return pipes.map(pipe => ({ pipe, validated: both(pipe.there, means[ruleOf(view, pipe)]) }));
}

const isFromOutside = (entity: ReturnType<CodeView['resolve']>): boolean =>
  entity?.kind === 'external' && /[./@]/.test(entity.name);

const nameOf = (view: CodeView, { expression, scope }: Item): string =>
  lastNameOf(expression.kind === 'call' ? expression.callee : expression) || view.textOf(scope, expression);

function* readsOf(view: CodeView, handler: NestHandler): Generator<BodyRead> {
  const { function: of, marks, route } = handler;
  if (!of) return;
  const local = [...named(marks.class, 'UsePipes'), ...named(marks.method, 'UsePipes')].flatMap(mark =>
    argumentsOf(view, mark),
  );
  for (const parameter of of.definition.params) {
    const [body] = named(marksOf(view, parameter, of.scope), 'Body', 'RawBody');
    if (!body) continue;
    const own = argumentsOf(view, body).filter(({ expression }) => expression.kind !== 'string');
    const pipes = [...handler.pipes, ...local, ...own];
    const checks = checksOf(view, parameter, of.scope, pipes);
    const validated = either(...checks.map(each => each.validated));
    const by = checks.find(each => each.validated === validated);
    yield {
      kind: 'bodyRead',
      at: view.at(of.scope, parameter),
      handler: of.definition.name,
      handlerAt: route.handlerAt,
      routeAt: route.at,
      route: routeName(route),
      what: view.textOf(of.scope, parameter).replace(/\s+/g, ' '),
      validated,
      by: validated === 'no' || !by ? '' : nameOf(view, by.pipe),
      reached: route.reached,
    };
  }
}

/** Bodies that methods of controllers take, and the pipes that look at them before. */
export default defineExtractor({
  id: 'javascript/nestjs/bodies',
  reads: [],
  produces: ['bodyRead'],
  understands: hasNode,
  *extract({ node }): Generator<BodyRead | Unread<'bodyRead'>> {
    const { handlers, blind } = nestRouting(node);
    for (const { path, because } of blind) yield unread('bodyRead', path, because);
    for (const handler of handlers)
      if (known(handler.route.methods)?.some(method => method !== 'GET')) yield* readsOf(node, handler);
  },
});
