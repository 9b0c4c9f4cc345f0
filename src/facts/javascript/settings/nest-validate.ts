import type { EnvTerm, Location, Truth } from '../../../model/index.ts';
import type { ClassEntity, FunctionEntity } from '../../code/entities.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { marksOf } from '../nestjs/marks.ts';
import { isEnvironment, settingsOf } from './fields.ts';

/** A function that holds the environment against rules and stops when one is broken. */
export interface Validation {
  readonly at: Location;
  /** The class or schema that holds the rules, or the function. */
  readonly by: string;
  readonly settings: readonly EnvTerm[];
  readonly runsAtStart: Truth;
}

const RULE = /^class-validator\.(?!IsOptional$|ValidateIf$|Allow$|ValidateNested$)/;
const MAY_MISS = /^class-validator\.(IsOptional|ValidateIf)$/;

/** The variables that a class of rules asks for: a field is wanted unless it says otherwise or brings a value. */
function fieldsOf(node: CodeView, of: ClassEntity): readonly EnvTerm[] {
  const inside = of.scope.inner(of.definition);
  return of.definition.body.flatMap((member): EnvTerm[] => {
    if (member.kind !== 'assign') return [];
    const [target] = member.targets;
    const names = marksOf(node, member, inside).map(({ name }) => name);
    if (target?.kind !== 'name' || !names.some(name => RULE.test(name))) return [];
    const required = member.value === undefined && !names.some(name => MAY_MISS.test(name));
    return [{ kind: 'env', name: target.name, fallback: undefined, required, at: node.at(inside, member) }];
  });
}

const classOf = (node: CodeView, { call, scope }: CallSite): ClassEntity | undefined => {
  for (const { value } of call.args) {
    const entity = node.resolve(value, scope);
    if (entity?.kind === 'class') return entity;
  }
  return undefined;
};

const MAKES = /^class-transformer\.(plainToInstance|plainToClass)$/;

/** Whether broken rules end what runs; rules that leave out what is missing ask for nothing. */
const isStrict = (node: CodeView, { definition, scope }: FunctionEntity): boolean => {
  const text = node.textOf(scope, definition);
  return (
    /\bvalidate(Sync|OrReject)\b/.test(text) &&
    /\bthrow\b|process\.exit|validateOrReject/.test(text) &&
    !/skip(Missing|Undefined)Properties:\s*true/.test(text)
  );
};

/** `validate(config) { const made = plainToInstance(Variables, config); if (validateSync(made).length) throw … }` */
function byClass(node: CodeView, check: FunctionEntity): ClassEntity | undefined {
  if (!isStrict(node, check)) return undefined;
  const made = node
    .callsWithin(check, 0)
    .find(({ call, scope }) => MAKES.test(node.nameOf(call.callee, scope)));
  return made && classOf(node, made);
}

/** `validate: config => schema.parse(config)` */
function bySchema(node: CodeView, check: FunctionEntity): readonly EnvTerm[] {
  for (const { call, scope } of node.callsWithin(check, 0)) {
    if (call.callee.kind !== 'attribute' || call.callee.name !== 'parse') continue;
    const settings = settingsOf(node.evaluate(call.callee.object, scope));
    if (settings?.kind === 'object')
      return settings.entries.flatMap(([, term]) => (term.kind === 'env' ? [term] : []));
  }
  return [];
}

/** The function that `ConfigModule.forRoot({ validate })` calls before anything else runs. */
function* givenToModule(node: CodeView): Generator<Validation> {
  for (const site of node.calls('@nestjs/config.ConfigModule.forRoot')) {
    const [first] = site.call.args;
    const options = first && writtenAs(node, first.value, site.scope);
    if (options?.expression.kind !== 'dictionary') continue;
    const entry = options.expression.entries.findLast(
      ({ key }) => key?.kind === 'string' && key.value === 'validate',
    );
    const check = entry && node.resolve(entry.value, options.scope);
    if (check?.kind !== 'function') continue;
    const of = byClass(node, check);
    yield {
      at: of ? node.at(of.scope, of.definition.head) : node.at(check.scope, check.definition.head),
      by: of?.definition.name ?? check.definition.name,
      settings: of ? fieldsOf(node, of) : bySchema(node, check),
      runsAtStart: node.reached(site),
    };
  }
}

/** `validateConfig(process.env, Variables)`, where the function is the repository's own. */
function* givenEnvironment(node: CodeView): Generator<Validation> {
  for (const { definition, scope } of node.functions()) {
    if (definition.params.length < 2 || !/valid/i.test(definition.name)) continue;
    if (!isStrict(node, { kind: 'function', definition, scope, self: undefined })) continue;
    for (const site of node.callsEnding(definition.name)) {
      const callee = node.resolve(site.call.callee, site.scope);
      if (callee?.kind !== 'function' || callee.definition !== definition) continue;
      const of = isEnvironment(node.args(site)) ? classOf(node, site) : undefined;
      if (of)
        yield {
          at: node.at(of.scope, of.definition.head),
          by: of.definition.name,
          settings: fieldsOf(node, of),
          runsAtStart: node.reached(site),
        };
    }
  }
}

/** Checks of the environment by rules that decorators put on the fields of a class. */
export function* validationsIn(node: CodeView): Generator<Validation> {
  yield* givenToModule(node);
  if (node.imports('class-validator') && node.imports('class-transformer')) yield* givenEnvironment(node);
}
