import type { SettingCheck, Truth } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { outermostFunction, runsAtStart } from '../../code/at-start.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { stops } from '../../code/setting-checks.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const CHECKS = [
  'class-validator.validateSync',
  'class-validator.validateOrReject',
  'class-validator.validate',
];
const MAKES = /^class-transformer\.(plainToInstance|plainToClass)$/;

/** The class that a check goes by, and where it is run for it. */
interface Checked {
  readonly of: ClassEntity;
  readonly site: CallSite;
  readonly runsAtStart: Truth;
}

const LEAVES_OUT = /^(IsOptional|ValidateIf)$/;

/** Variables without which there is an error: described by decorators, in the class or what it is derived from. */
const variablesOf = (node: CodeView, of: ClassEntity): readonly string[] =>
  [of, ...node.code.resolver.basesOf(of)].flatMap(each =>
    each.kind !== 'class'
      ? []
      : each.definition.body.flatMap(statement => {
          if (statement.kind !== 'assign' || statement.decorators.length === 0) return [];
          const words = statement.decorators.map(mark =>
            lastNameOf(mark.kind === 'call' ? mark.callee : mark),
          );
          const [target] = statement.targets;
          return target?.kind === 'name' &&
            /^[A-Z][A-Z0-9_]*$/.test(target.name) &&
            !words.some(word => LEAVES_OUT.test(word))
            ? [target.name]
            : [];
        }),
  );

const classAt = (node: CodeView, expression: Expression, scope: Scope): ClassEntity | undefined => {
  const entity = node.resolve(expression, scope);
  return entity?.kind === 'class' ? entity : undefined;
};

/** `validateSync(plainToInstance(Settings, config))`: what stands for the class. */
function classGiven(node: CodeView, { call, scope }: CallSite): Expression | undefined {
  const [checked] = call.args;
  const made = checked && writtenAs(node, checked.value, scope).expression;
  return made?.kind === 'call' && MAKES.test(node.nameOf(made.callee, scope))
    ? made.args[0]?.value
    : undefined;
}

/** `ConfigModule.forRoot({ validate })` calls it before anything else runs. */
const handedOver = (node: CodeView, definition: FunctionDefinition): Truth | undefined =>
  node
    .calls('@nestjs/config.ConfigModule.forRoot')
    .filter(({ call, scope }) => {
      const options = call.args[0]?.value;
      const validate =
        options?.kind === 'dictionary'
          ? options.entries.find(({ key }) => key?.kind === 'string' && key.value === 'validate')?.value
          : undefined;
      const entity = validate && node.resolve(validate, scope);
      return entity?.kind === 'function' && entity.definition === definition;
    })
    .map(site => node.reached(site))[0];

function checkedBy(node: CodeView, site: CallSite): readonly Checked[] {
  const around = outermostFunction(site.scope);
  const given = classGiven(node, site);
  if (!around || !given || !stops(around.body)) return [];
  const of = classAt(node, given, site.scope);
  if (of) return [{ of, site, runsAtStart: handedOver(node, around) ?? runsAtStart(node, site) }];
  const position = given.kind === 'name' ? around.params.findIndex(({ name }) => name === given.name) : -1;
  return position === -1
    ? []
    : node.callsEnding(around.name).flatMap(caller => {
        const callee = node.resolve(caller.call.callee, caller.scope);
        const value = caller.call.args[position]?.value;
        const own = value && classAt(node, value, caller.scope);
        return own && callee?.kind === 'function' && callee.definition === around
          ? [{ of: own, site: caller, runsAtStart: runsAtStart(node, caller) }]
          : [];
      });
}

/** Classes by whose decorators the environment is checked, and whether the start does so. */
export default defineExtractor({
  id: 'javascript/settings/class-validator',
  reads: [],
  produces: ['settingCheck'],
  understands: hasNode,
  *extract({ node }): Generator<SettingCheck> {
    if (!node.imports('class-validator')) return;
    for (const { of, site, runsAtStart: started } of node
      .calls(...CHECKS)
      .flatMap(each => checkedBy(node, each))) {
      const names = variablesOf(node, of);
      if (names.length === 0) continue;
      yield {
        kind: 'settingCheck',
        at: node.at(site.scope, site.call),
        definedAt: node.at(of.scope, of.definition.head),
        names,
        how: 'model',
        runsAtStart: started,
        inside: of.definition.name,
      };
    }
  },
});
